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

/** What rules say of a Job that has not ended. */
final class ActiveJob {
  /** How long a pod may take to start before a person should look. */
  private static final Duration START = Duration.ofSeconds(30);

  private ActiveJob() {}

  static RuleResult whileDeleting(ObservedJob job) {
    return job.state() == State.PENDING
        ? RuleResult.reconciling(
            Reason.DeletionWaits.name(),
            "Job %s has not started and is taken back".formatted(job.name()),
            new Action.ReplacePendingJob(job.name(), job.uid()))
        : RuleResult.reconciling(
            Reason.DeletionWaits.name(),
            "deletion waits for Job %s: a migration is never interrupted".formatted(job.name()));
  }

  /** One that never started and is out of date is taken back even while nothing new starts. */
  static Optional<RuleResult> outdated(ReconcileContext context) {
    return context
        .activeJob()
        .filter(job -> job.state() == State.PENDING && context.stale(job))
        .map(ActiveJob::replaced);
  }

  static RuleResult waitedFor(ReconcileContext context, ObservedJob job) {
    if (job.state() == State.PENDING && context.stale(job)) {
      return replaced(job);
    }
    var ruling = job.state() == State.RUNNING ? running(job) : pending(context, job);
    return job.step() == Step.VERIFY && context.synced() ? quietly(context, ruling) : ruling;
  }

  /** A look at the schema is no reason to be less ready; only that it cannot start is told. */
  private static RuleResult quietly(ReconcileContext context, RuleResult ruling) {
    var standing = DriftSchedule.standing(context);
    var face = ruling.lookAgain().map(standing::lookingAgain).orElse(standing);
    return ruling.reason().equals(Reason.JobPending.name())
        ? face.beside(ruling.reason(), ruling.message())
        : face;
  }

  private static RuleResult running(ObservedJob job) {
    return RuleResult.reconciling(
        NextJob.running(job.step()).name(),
        "Job %s runs; 'kubectl logs job/%s' shows its progress".formatted(job.name(), job.name()));
  }

  private static RuleResult replaced(ObservedJob job) {
    return RuleResult.reconciling(
        Reason.JobReplaced.name(),
        "Job %s never started and is out of date; it is taken back".formatted(job.name()),
        new Action.ReplacePendingJob(job.name(), job.uid()));
  }

  private static RuleResult pending(ReconcileContext context, ObservedJob job) {
    if (job.waiting() != null) {
      return RuleResult.reconciling(
          Reason.JobPending.name(),
          "Job %s has not started: %s".formatted(job.name(), job.waiting()));
    }
    var patience = START.minus(Duration.between(job.created(), context.cluster().now()));
    if (patience.isPositive()) {
      return RuleResult.reconciling(
              NextJob.running(job.step()).name(), "Job %s is starting".formatted(job.name()))
          .lookingAgain(patience);
    }
    // Quota, admission and missing mounts are told in Events, which nobody watches.
    return RuleResult.reconciling(
        Reason.JobPending.name(),
        "Job %s has not started after %d s; 'kubectl describe job,pod -l %s=%s' shows why"
            .formatted(
                job.name(),
                START.toSeconds(),
                Labels.RESOURCE,
                context.cluster().resource().getMetadata().getName()));
  }
}
