package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.desired.DatabaseAddress;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * From what is observed to what is done. Each pass records what ended Jobs report, then lets the
 * rules choose the next Job; the verdict on each workload is {@link Verdict}'s.
 */
public final class Decide {
  private static final int WORKLOADS_LISTED = 50;

  /** Reasons that come without a Job, and so without an Event of its end. */
  private static final Set<String> WORTH_AN_EVENT =
      Set.of(
          Reason.MigrationsNotFound.name(),
          Reason.DowngradeRefused.name(),
          Reason.JobPending.name(),
          Reason.AtVersion.name());

  private Decide() {}

  /** Decides. The same world gives the same decision. */
  public static Decision next(Observed world) {
    var before = Objects.requireNonNullElse(world.resource().getStatus(), SchemaVersionStatus.NONE);
    var evidence = Evidence.of(before, DatabaseAddress.of(world.resource().getSpec()));
    var ended =
        world.jobs().stream()
            .filter(job -> !job.active())
            .sorted(ObservedJob.OLDEST_FIRST)
            .toList();
    var actions = new ArrayList<Action>();
    for (var job : ended) {
      if (!evidence.has(job)) {
        evidence = evidence.record(job, world.now());
        actions.add(told(evidence.operations().getLast()));
      }
      if (!job.owned()) {
        actions.add(new Action.AdoptJob(job.name(), job.uid()));
      }
    }
    var facts = new Facts(world, evidence);
    var ruling = Rule.first(facts);
    var status = status(facts, ruling, before);
    if (WORTH_AN_EVENT.contains(ruling.reason()) && !ruling.reason().equals(ready(before))) {
      boolean fine = ruling.reason().equals(Reason.AtVersion.name());
      actions.add(new Action.Tell(!fine, ruling.reason(), ruling.message()));
    }
    actions.addAll(0, finalizerToAdd(facts, ruling));
    actions.addAll(ruling.actions());
    actions.addAll(outdated(facts, ended));
    actions.addAll(finalizerToRemove(facts, ruling));
    return new Decision(status, List.copyOf(actions), ruling.lookAgain());
  }

  private static Action told(Operation operation) {
    return new Action.Tell(
        Attempts.kind(operation.reason()) != Kind.DONE,
        operation.reason(),
        "Job %s: %s".formatted(operation.job(), operation.message()));
  }

  private static String ready(SchemaVersionStatus status) {
    return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
        .filter(condition -> condition.getType().equals(ConditionType.Ready.name()))
        .map(Condition::getReason)
        .findFirst()
        .orElse("");
  }

  /** The finalizer is there exactly while a Job runs, and before it does. */
  private static List<Action> finalizerToAdd(Facts facts, Ruling ruling) {
    return needsFinalizer(facts, ruling) && !hasFinalizer(facts) && !facts.deleting()
        ? List.of(new Action.AddFinalizer())
        : List.of();
  }

  private static List<Action> finalizerToRemove(Facts facts, Ruling ruling) {
    return !needsFinalizer(facts, ruling) && hasFinalizer(facts)
        ? List.of(new Action.RemoveFinalizer())
        : List.of();
  }

  private static boolean needsFinalizer(Facts facts, Ruling ruling) {
    return facts.activeJob().isPresent()
        || ruling.actions().stream().anyMatch(Action.CreateJob.class::isInstance);
  }

  private static boolean hasFinalizer(Facts facts) {
    return facts.world().resource().getMetadata().getFinalizers().contains(Names.FINALIZER);
  }

  /** Ended Jobs beyond those to keep, of which each has been recorded and adopted before. */
  private static List<Action> outdated(Facts facts, List<ObservedJob> ended) {
    var history = JobSpec.historyOf(facts.spec().job());
    var succeeded = ended.stream().filter(Decide::succeeded).toList();
    var failed = ended.stream().filter(job -> !succeeded(job)).toList();
    var outdated = new ArrayList<Action>();
    outdated.addAll(beyond(succeeded, Objects.requireNonNullElse(history.successful(), 1)));
    outdated.addAll(beyond(failed, Objects.requireNonNullElse(history.failed(), 3)));
    return outdated;
  }

  private static List<Action> beyond(List<ObservedJob> oldestFirst, int kept) {
    return oldestFirst.stream()
        .limit(Math.max(0, oldestFirst.size() - kept))
        .filter(ObservedJob::owned)
        .<Action>map(job -> new Action.DeleteEndedJob(job.name(), job.uid()))
        .toList();
  }

  private static boolean succeeded(ObservedJob job) {
    return job.report() != null && job.report().outcome().kind() == Kind.DONE;
  }

  private static SchemaVersionStatus status(
      Facts facts, Ruling ruling, SchemaVersionStatus before) {
    var evidence = facts.evidence();
    var generation = facts.world().resource().getMetadata().getGeneration();
    var held = held(facts);
    var conditions =
        new Conditions(
            Objects.requireNonNullElse(before.conditions(), List.of()),
            generation,
            facts.world().now());
    return new SchemaVersionStatus(
        generation,
        evidence.version(),
        held.size(),
        conditions.of(facts, ruling, held),
        evidence.database(),
        evidence.baseline(),
        evidence.synced(),
        evidence.operations(),
        held.stream().limit(WORKLOADS_LISTED).toList());
  }

  private static List<HeldWorkload> held(Facts facts) {
    return facts.world().workloads().stream()
        .filter(Workload::held)
        .sorted(Comparator.comparing(Workload::kind).thenComparing(Workload::name))
        .map(
            workload ->
                new HeldWorkload(
                    workload.kind(),
                    workload.name(),
                    Verdict.shortened(workload.minVersion()),
                    Verdict.of(workload, true, facts.evidence().version()).reason().name()))
        .toList();
  }
}
