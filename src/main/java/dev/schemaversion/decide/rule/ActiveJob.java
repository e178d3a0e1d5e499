package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.desired.Labels;
import java.time.Duration;
import java.util.Optional;

/** Decides what to do about a Job that has not ended. */
final class ActiveJob {
  /** How long a pod may take to start before the operator reports it. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private ActiveJob() {}

  static RuleResult whileDeleting(ObservedJob job) {
    return job.state() == State.PENDING
        ? RuleResult.reconciling(
            Reason.DeletionWaits.name(),
            "Job %s has not started, so the operator deletes it".formatted(job.name()),
            new Action.ReplacePendingJob(job.name(), job.uid()))
        : RuleResult.reconciling(
            Reason.DeletionWaits.name(),
            "deletion waits for Job %s, because the operator never interrupts a migration"
                .formatted(job.name()));
  }

  /** Deletes an outdated Job that never started, also while no new Job may start. */
  static Optional<RuleResult> replaceIfOutdated(ReconcileContext context) {
    return context
        .activeJob()
        .filter(job -> job.state() == State.PENDING && context.stale(job))
        .map(ActiveJob::replaced);
  }

  /** Waits for a Job, or replaces it if it never started and is outdated. */
  static RuleResult waitFor(ReconcileContext context, ObservedJob job) {
    if (job.state() == State.PENDING && context.stale(job)) {
      return replaced(job);
    }
    var result = job.state() == State.RUNNING ? running(job) : pending(context, job);
    return job.step() == Step.VERIFY && context.synced()
        ? withoutReadiness(context, result)
        : result;
  }

  /** A running verification does not change the readiness; only a start that fails is reported. */
  private static RuleResult withoutReadiness(ReconcileContext context, RuleResult result) {
    var current = DriftSchedule.currentState(context);
    var unchanged = result.requeueAfter().map(current::requeueIn).orElse(current);
    return result.reason().equals(Reason.JobPending.name())
        ? unchanged.withNotice(result.reason(), result.message())
        : unchanged;
  }

  private static RuleResult running(ObservedJob job) {
    return RuleResult.reconciling(
        NextJob.runningReason(job.step()).name(),
        "Job %s is running; 'kubectl logs job/%s' shows its progress"
            .formatted(job.name(), job.name()));
  }

  private static RuleResult replaced(ObservedJob job) {
    return RuleResult.reconciling(
        Reason.JobReplaced.name(),
        "Job %s never started and is outdated, so the operator replaces it".formatted(job.name()),
        new Action.ReplacePendingJob(job.name(), job.uid()));
  }

  private static RuleResult pending(ReconcileContext context, ObservedJob job) {
    if (job.waiting() != null) {
      return RuleResult.reconciling(
          Reason.JobPending.name(),
          "Job %s has not started: %s".formatted(job.name(), job.waiting()));
    }
    var rest = START_TIMEOUT.minus(Duration.between(job.created(), context.cluster().now()));
    if (rest.isPositive()) {
      return RuleResult.reconciling(
              NextJob.runningReason(job.step()).name(), "Job %s is starting".formatted(job.name()))
          .requeueIn(rest);
    }
    // Kubernetes reports quota, admission and mount problems in Events, which the operator does not
    // watch.
    return RuleResult.reconciling(
        Reason.JobPending.name(),
        "Job %s has not started after %d s; 'kubectl describe job,pod -l %s=%s' shows why"
            .formatted(
                job.name(),
                START_TIMEOUT.toSeconds(),
                Labels.RESOURCE,
                context.cluster().resource().getMetadata().getName()));
  }
}
