package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.InterruptedSyncStatus;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Step;
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
import dev.schemaversion.decide.status.ProgressRecorder;
import dev.schemaversion.decide.status.RecordedState;
import dev.schemaversion.decide.status.ReportRecorder;
import dev.schemaversion.decide.status.StatusSanitizer;
import dev.schemaversion.decide.status.TargetVersion;
import dev.schemaversion.desired.DatabaseAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Computes the next status and actions of a resource from the observed state of the cluster. Each
 * pass first records the reports of ended Jobs, then applies the rules, which choose the next Job.
 * {@link Verdict} decides on each workload.
 */
public final class Decide {
  private Decide() {}

  /** Computes the decision. It depends on nothing but the cluster state. */
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
        var versionBefore = recordedState.version();
        recordedState = recorded(cluster, recordedState, job);
        actions.addAll(EventPolicy.ended(recordedState.history().getLast()));
        actions.addAll(EventPolicy.checksumsUpdated(job));
        actions.addAll(EventPolicy.tablesLocked(job));
        actions.addAll(EventPolicy.adopted(job));
        actions.addAll(EventPolicy.rowWarnings(job));
        actions.addAll(EventPolicy.withdrawn(versionBefore, recordedState));
      }
      if (!job.owned()) {
        actions.add(new Action.AdoptJob(job.name(), job.uid()));
      }
    }
    var context = new ReconcileContext(cluster, current(cluster, recordedState));
    var result = Rule.first(context);
    var target = TargetVersion.of(context, result, before);
    var version = context.recordedVersion(target.version());
    var held = HeldWorkloads.of(cluster, version, before);
    var status = status(context, result, before, version, target, held);
    actions.addAll(EventPolicy.of(context, result, before));
    actions.addAll(EventPolicy.held(held, before));
    if (result.announcement() == Announcement.LIST_PODS) {
      // Events must be emitted now, because their cause is in the status afterwards. The reconciler
      // decides all other actions again as soon as it has listed the pods.
      return new Decision(status, events(actions), result.requeueAfter(), true, result.demand());
    }
    actions.addAll(0, finalizerToAdd(context, result));
    actions.addAll(result.actions());
    actions.addAll(JobRetention.toDelete(context, ended));
    actions.addAll(finalizerToRemove(context, result));
    return new Decision(
        status, List.copyOf(actions), result.requeueAfter(), false, result.demand());
  }

  private static List<Action> events(List<Action> actions) {
    return actions.stream().filter(Action.EmitEvent.class::isInstance).toList();
  }

  private static RecordedState recorded(
      ClusterState cluster, RecordedState recordedState, ObservedJob ended) {
    var context = new ReconcileContext(cluster, recordedState);
    var job = asReported(context, ended);
    var spec = cluster.resource().getSpec();
    var recorded =
        InterruptedSync.recorded(
            context,
            job,
            ImageDigestRecorder.recorded(
                context, job, ReportRecorder.recorded(recordedState, job, spec, cluster.now())));
    boolean answered =
        context.answersVerifyRequest(job)
            && job.report() != null
            && job.report().outcome().kind() != Kind.RETRY;
    return answered ? recorded.answered(context.verifyRequest()) : recorded;
  }

  /** Returns a first sync that did not find an empty database as the baseline that it was. */
  private static ObservedJob asReported(ReconcileContext context, ObservedJob job) {
    boolean wasBaseline =
        job.step() == Step.SYNC && job.report() != null && job.report().step() == Step.BASELINE;
    if (!wasBaseline) {
      return job;
    }
    boolean current = job.inputs().equals(context.inputs(Step.SYNC).id());
    return job.asBaseline(current ? context.inputs(Step.BASELINE).id() : job.inputs());
  }

  /** Removes from the recorded state what the current spec and cluster have made obsolete. */
  private static RecordedState current(ClusterState cluster, RecordedState recordedState) {
    var current =
        ImageDigestRecorder.withoutObsoleteImage(cluster.resource().getSpec(), recordedState);
    return new ReconcileContext(cluster, current).planOutdated() ? current.withoutPlan() : current;
  }

  /** The finalizer is present while a Job runs; it is added before the Job is created. */
  private static List<Action> finalizerToAdd(ReconcileContext context, RuleResult result) {
    return needsFinalizer(context, result) && !hasFinalizer(context) && !context.deleting()
        ? List.of(new Action.AddFinalizer())
        : List.of();
  }

  private static List<Action> finalizerToRemove(ReconcileContext context, RuleResult result) {
    return !needsFinalizer(context, result) && hasFinalizer(context)
        ? List.of(new Action.RemoveFinalizer())
        : List.of();
  }

  private static boolean needsFinalizer(ReconcileContext context, RuleResult result) {
    return context.activeJob().isPresent()
        || result.actions().stream().anyMatch(Action.CreateJob.class::isInstance);
  }

  private static boolean hasFinalizer(ReconcileContext context) {
    return context.cluster().resource().getMetadata().getFinalizers().contains(Names.FINALIZER);
  }

  /**
   * Returns the record of the sync that is about to start. The status has it before the Job exists,
   * so that deleting the Job does not delete the only trace of it.
   */
  private static InterruptedSyncStatus startedSync(
      ReconcileContext context, RuleResult result, TargetVersion target) {
    return result
        .sync()
        .map(
            job ->
                InterruptedSync.started(context, context.jobName(job).toString(), target.version()))
        .orElse(context.recordedState().interruptedSync());
  }

  private static SchemaVersionStatus status(
      ReconcileContext context,
      RuleResult result,
      SchemaVersionStatus before,
      RecordedVersion version,
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
        version.present(),
        target.version(),
        target.since(),
        version.reached(),
        version.ahead(),
        held.size(),
        conditions.of(context, result, held),
        recordedState.database(),
        recordedState.baseline(),
        recordedState.synced(),
        recordedState.proof(),
        recordedState.plan(),
        recordedState.image(),
        startedSync(context, result, target),
        ProgressRecorder.of(context, before),
        recordedState.history(),
        held.stream().limit(HeldWorkloads.LISTED).toList());
  }
}
