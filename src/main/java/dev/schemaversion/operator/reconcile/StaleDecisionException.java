package dev.schemaversion.operator.reconcile;

import dev.schemaversion.operator.Controllers;
import java.time.Duration;
import java.util.List;

/**
 * Thrown instead of creating a Job, because the decision is stale: its basis has changed or may
 * have changed. The resource is reconciled again.
 */
public class StaleDecisionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The maximum age of a decision. A leader that decides may have renewed its lease up to {@link
   * Controllers#RENEW_DEADLINE} ago; both together are shorter than {@link
   * Controllers#LEASE_DURATION}, after which another replica leads.
   */
  private static final Duration MAX_AGE =
      Controllers.LEASE_DURATION.minus(Controllers.RENEW_DEADLINE).minusSeconds(1);

  private StaleDecisionException(String message) {
    super(message);
  }

  /**
   * Checks that a decision is recent. Nothing else keeps a former leader from creating a Job: the
   * API server rejects its status by the resourceVersion, but a Job depends on no other object.
   *
   * <p>An admission policy with the lease as its parameter is no alternative. Once such a policy
   * was deleted, the API server (1.36) has a stale cache of leases (kubernetes/kubernetes issue
   * 130887): after the next installation it would take the old leader for the present one, and
   * reject every Job.
   *
   * @throws StaleDecisionException if the decision is too old
   */
  static void checkAge(Duration age) {
    // A negative age means that the clock was set back, so the real age is unknown.
    if (age.isNegative() || age.compareTo(MAX_AGE) > 0) {
      throw new StaleDecisionException(
          "retrying, no Job is created yet: the decision is %d ms old, at most %d ms are allowed"
              .formatted(age.toMillis(), MAX_AGE.toMillis()));
    }
  }

  /**
   * Checks that the decision knew of all Jobs of the resource: two Jobs must not run at once.
   *
   * @throws StaleDecisionException if there are Jobs that the decision did not know of
   */
  static void checkNoUnknownJobs(List<String> unknown) {
    if (!unknown.isEmpty()) {
      throw new StaleDecisionException(
          "retrying, no Job is created yet: the cache lacks the Jobs %s".formatted(unknown));
    }
  }
}
