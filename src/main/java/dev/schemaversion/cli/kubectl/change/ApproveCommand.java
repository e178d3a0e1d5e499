package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import dev.schemaversion.cli.kubectl.show.PlanCommand;
import dev.schemaversion.cli.kubectl.view.PlanText;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code approve}: approves exactly the plan that it shows. */
@Command(name = "approve", description = "Shows the plan, asks, and approves exactly this plan.")
public final class ApproveCommand implements Runnable {
  private static final int ATTEMPTS = 5;

  @Mixin private NamedResource target;

  @Option(
      names = "--digest",
      paramLabel = "DIGEST",
      description = "Approves the plan with this digest and no other, without a question.")
  private String digest;

  @Option(
      names = {"-y", "--yes"},
      description = "Approves without a question.")
  private boolean yes;

  @Mixin private WaitOptions waiting;

  @Override
  public void run() {
    var terminal = target.terminal();
    try (var cluster = target.connect()) {
      var resource = target.in(cluster);
      var plan = PlanCommand.planOf(resource);
      PlanText.lines(plan, terminal.now()).forEach(terminal::print);
      if (digest != null && !digest.equals(plan.digest())) {
        throw new Failure(
            "The plan of %s is not the one with digest %s. Nothing was approved. Review the plan above, then approve it by its own digest."
                .formatted(target.name(), digest));
      }
      if (digest == null && !yes && !terminal.confirm("Approve exactly this plan?")) {
        throw new Failure("Nothing was approved.");
      }
      var known = KnownJobs.of(cluster, resource);
      approve(cluster, plan.digest());
      terminal.print("Approved %s. The sync starts now.".formatted(plan.digest()));
      if (resource.getSpec() != null && resource.getSpec().suspended()) {
        terminal.note(
            "warning: %s is suspended, so the sync waits for: kubectl schemaversion resume %s"
                .formatted(target.name(), target.name()));
      }
      waiting.await(target, cluster, ConditionType.Ready, now -> End.ofAttempt(now, known));
    }
  }

  /** Sets the annotation on the very version of the resource whose plan was compared. */
  private void approve(Cluster cluster, String shown) {
    for (int attempt = 1; ; attempt++) {
      var current = target.in(cluster);
      failIfChanged(current, shown);
      try {
        cluster.patch(
            current,
            Map.of(
                "metadata",
                Map.of(
                    "resourceVersion",
                    current.getMetadata().getResourceVersion(),
                    "annotations",
                    Map.of(Names.APPROVE, shown))));
        return;
      } catch (KubernetesClientException e) {
        // The status changes often; only another plan matters.
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void failIfChanged(SchemaVersion current, String shown) {
    if (!PlanCommand.planOf(current).digest().equals(shown)) {
      throw new Failure(
          "The plan of %s has changed since it was shown, so nothing was approved. Review it again with: kubectl schemaversion approve %s"
              .formatted(target.name(), target.name()));
    }
  }
}
