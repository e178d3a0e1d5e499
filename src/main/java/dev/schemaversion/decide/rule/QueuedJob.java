package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import java.util.List;

/**
 * The result for a Job that waits, because the limits of Jobs are reached. Nothing is announced to
 * the gate and nothing is prepared meanwhile, so that no pod is held for a sync that does not
 * start.
 */
final class QueuedJob {
  /** An event announces a place in the queue. This is only for the case that the event is lost. */
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(2);

  private QueuedJob() {}

  /**
   * Returns the result to use in place of another.
   *
   * @param queued why no new Job may be created, or null
   */
  static RuleResult inPlaceOf(RuleResult result, String queued) {
    if (queued == null || !result.demand().needsPlace()) {
      return result;
    }
    boolean verifies = result.newJobs().anyMatch(job -> job.step() == Step.VERIFY);
    return (verifies ? verification(result, queued) : other(result, queued))
        .requeueIn(CHECK_INTERVAL);
  }

  /** A verification that waits does not change the readiness. */
  private static RuleResult verification(RuleResult result, String queued) {
    return result.withActions(List.of()).withNotice(Reason.JobQueued.name(), queued);
  }

  private static RuleResult other(RuleResult result, String queued) {
    return RuleResult.reconciling(Reason.JobQueued.name(), queued).withStep(result.step());
  }
}
