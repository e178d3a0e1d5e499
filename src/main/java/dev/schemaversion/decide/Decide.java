package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.InterruptedSyncStatus;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.decide.gate.HeldWorkloads;
import dev.schemaversion.decide.gate.RecordedVersion;
import dev.schemaversion.decide.gate.Verdict;
import dev.schemaversion.decide.rule.JobRetention;
import dev.schemaversion.decide.rule.Rule;
import dev.schemaversion.decide.rule.RuleResult;
import dev.schemaversion.decide.rule.RuleResult.Announcement;
import dev.schemaversion.decide.status.Conditions;
import dev.schemaversion.decide.status.EventPolicy;
import dev.schemaversion.decide.status.ImageDigestRecorder;
import dev.schemaversion.decide.status.InterruptedSync;
import dev.schemaversion.decide.status.RecordedState;
import dev.schemaversion.decide.status.ReportRecorder;
import dev.schemaversion.decide.status.StatusSanitizer;
import dev.schemaversion.decide.status.TargetVersion;
import dev.schemaversion.desired.DatabaseAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * From what is observed to what is done. Each pass records what ended Jobs report, then lets the
 * rules choose the next Job; the verdict on each workload is {@link Verdict}'s.
 */
public final class Decide {
  private Decide() {}

  /** Decides. The same world gives the same decision. */
  public static Decision next(ClusterState cluster) {
    var before = StatusSanitizer.of(cluster.resource().getStatus());
    var problem = SpecValidation.problem(cluster.resource());
    if (problem.isPresent()) {
      return SpecValidation.decision(cluster, before, problem.get());
    }
    var recordedState = RecordedState.of(before, DatabaseAddress.of(cluster.resource().getSpec()));
    var ended =
        cluster.jobs().stream()
            .filter(job -> !job.active())
            .sorted(ObservedJob.OLDEST_FIRST)
            .toList();
    var actions = new ArrayList<Action>();
    for (var job : ended) {
      if (!recordedState.has(job)) {
        var relied = recordedState.version();
        recordedState = recorded(cluster, recordedState, job);
        actions.addAll(EventPolicy.ended(recordedState.history().getLast()));
        actions.addAll(EventPolicy.withdrawn(relied, recordedState));
      }
      if (!job.owned()) {
        actions.add(new Action.AdoptJob(job.name(), job.uid()));
      }
    }
    var context = new ReconcileContext(cluster, now(cluster, recordedState));
    var ruling = Rule.first(context);
    var target = TargetVersion.of(context, ruling, before);
    var held =
        HeldWorkloads.of(
            cluster,
            new RecordedVersion(true, context.reliableVersion(), target.version()),
            before);
    var status = status(context, ruling, before, target, held);
    actions.addAll(EventPolicy.of(context, ruling, before));
    actions.addAll(EventPolicy.held(held, before));
    if (ruling.announcement() == Announcement.ASKING) {
      // What is no news any more once the status is written; all else is decided again at once.
      return new Decision(status, news(actions), ruling.lookAgain(), true);
    }
    actions.addAll(0, finalizerToAdd(context, ruling));
    actions.addAll(ruling.actions());
    actions.addAll(JobRetention.outdated(context, ended));
    actions.addAll(finalizerToRemove(context, ruling));
    return new Decision(status, List.copyOf(actions), ruling.lookAgain(), false);
  }

  private static List<Action> news(List<Action> actions) {
    return actions.stream().filter(Action.Tell.class::isInstance).toList();
  }

  private static RecordedState recorded(
      ClusterState cluster, RecordedState recordedState, ObservedJob job) {
    var context = new ReconcileContext(cluster, recordedState);
    var engine = cluster.resource().getSpec().database().engine();
    var recorded =
        InterruptedSync.learn(
            context,
            job,
            ImageDigestRecorder.learn(
                context, job, ReportRecorder.recorded(recordedState, job, engine, cluster.now())));
    boolean answered =
        context.answers(job) && job.report() != null && job.report().outcome().kind() != Kind.RETRY;
    return answered ? recorded.answered(context.asked()) : recorded;
  }

  /** What is not true any more as the world is now. */
  private static RecordedState now(ClusterState cluster, RecordedState recordedState) {
    var present = ImageDigestRecorder.wanted(cluster.resource().getSpec(), recordedState);
    return new ReconcileContext(cluster, present).planOutdated() ? present.withoutPlan() : present;
  }

  /** The finalizer is there exactly while a Job runs, and before it does. */
  private static List<Action> finalizerToAdd(ReconcileContext context, RuleResult ruling) {
    return needsFinalizer(context, ruling) && !hasFinalizer(context) && !context.deleting()
        ? List.of(new Action.AddFinalizer())
        : List.of();
  }

  private static List<Action> finalizerToRemove(ReconcileContext context, RuleResult ruling) {
    return !needsFinalizer(context, ruling) && hasFinalizer(context)
        ? List.of(new Action.RemoveFinalizer())
        : List.of();
  }

  private static boolean needsFinalizer(ReconcileContext context, RuleResult ruling) {
    return context.activeJob().isPresent()
        || ruling.actions().stream().anyMatch(Action.CreateJob.class::isInstance);
  }

  private static boolean hasFinalizer(ReconcileContext context) {
    return context.cluster().resource().getMetadata().getFinalizers().contains(Names.FINALIZER);
  }

  /** Before the Job is made, so that nobody who deletes it deletes the trace of it as well. */
  private static InterruptedSyncStatus begun(
      ReconcileContext context, RuleResult ruling, TargetVersion target) {
    return ruling
        .sync()
        .map(job -> InterruptedSync.begun(context, context.job(job).toString(), target.version()))
        .orElse(context.recordedState().interruptedSync());
  }

  private static SchemaVersionStatus status(
      ReconcileContext context,
      RuleResult ruling,
      SchemaVersionStatus before,
      TargetVersion target,
      List<HeldWorkload> held) {
    var recordedState = context.recordedState();
    var generation = context.cluster().resource().getMetadata().getGeneration();
    var conditions =
        new Conditions(
            Objects.requireNonNullElse(before.conditions(), List.of()),
            generation,
            context.cluster().now());
    return new SchemaVersionStatus(
        generation,
        context.reliableVersion(),
        target.version(),
        target.since(),
        held.size(),
        conditions.of(context, ruling, held),
        recordedState.database(),
        recordedState.baseline(),
        recordedState.synced(),
        recordedState.proof(),
        recordedState.plan(),
        recordedState.image(),
        begun(context, ruling, target),
        recordedState.history(),
        held.stream().limit(HeldWorkloads.LISTED).toList());
  }
}
