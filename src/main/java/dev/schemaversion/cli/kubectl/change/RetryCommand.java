package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import dev.schemaversion.cli.kubectl.view.StatusView;
import dev.schemaversion.contract.Outcome;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retry}: another attempt after a failure, by the annotation {@link Names#RETRY}. */
@Command(
    name = "retry",
    description = "Asks for another attempt after a refusal, or at once instead of after the wait.")
public final class RetryCommand implements Runnable {
  /** A retry after these confirms that a person has repaired the database. */
  private static final Set<String> REPAIRED_BY_HAND =
      Set.of(Outcome.HALF_APPLIED.reason(), Outcome.FAILED_IN_HISTORY.reason());

  @Mixin private NamedResource target;

  @Option(
      names = {"-y", "--yes"},
      description = "Confirms that a half-applied or failed migration was repaired by hand.")
  private boolean yes;

  @Mixin private WaitOptions waiting;

  @Override
  public void run() {
    var terminal = target.terminal();
    try (var cluster = target.connect()) {
      var resource = target.in(cluster);
      var ready =
          StatusView.condition(StatusView.statusOf(resource), ConditionType.Ready)
              .orElseThrow(
                  () ->
                      new Failure(
                          "The operator has not seen %s yet, so there is nothing to retry."
                              .formatted(target.name())));
      if ("True".equals(ready.getStatus())) {
        terminal.print("%s is Ready, so there is nothing to retry.".formatted(target.name()));
        return;
      }
      failIfWithoutEffect(resource, ready);
      if (REPAIRED_BY_HAND.contains(ready.getReason()) && !yes && !confirmed(ready)) {
        throw new Failure("Nothing was changed.");
      }
      var known = KnownJobs.of(cluster, resource);
      cluster.annotate(resource, Names.RETRY, terminal.now().toString());
      terminal.print(
          "Asked for another attempt after %s. The operator creates a Job now; see: kubectl schemaversion status %s"
              .formatted(ready.getReason(), target.name()));
      waiting.await(target, cluster, ConditionType.Ready, now -> End.ofAttempt(now, known));
    }
  }

  private boolean confirmed(Condition ready) {
    target.terminal().note(ready.getReason() + ": " + ready.getMessage());
    return target
        .terminal()
        .confirm("A retry tells the operator that this was repaired by hand. Was it?");
  }

  private void failIfWithoutEffect(SchemaVersion resource, Condition ready) {
    if (resource.getSpec() != null && resource.getSpec().suspended()) {
      throw new Failure(
          "%s is suspended, so a retry would start no Job. Run first: kubectl schemaversion resume %s"
              .formatted(target.name(), target.name()));
    }
    boolean endOfJob =
        Reason.RunnerLost.name().equals(ready.getReason())
            || Arrays.stream(Outcome.values())
                .anyMatch(outcome -> outcome.reason().equals(ready.getReason()));
    if (!endOfJob) {
      throw new Failure(
          "A retry changes nothing here, because no Job has failed. %s: %s"
              .formatted(ready.getReason(), ready.getMessage()));
    }
  }
}
