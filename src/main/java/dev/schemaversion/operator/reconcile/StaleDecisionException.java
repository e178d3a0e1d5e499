package dev.schemaversion.operator.reconcile;

import dev.schemaversion.operator.Controllers;
import java.time.Duration;
import java.util.List;

/**
 * A Job is not made, because what it was decided from is not so any more, or may not be. It is
 * decided about anew.
 */
public class StaleDecisionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With the time since the last renewal of the lease, which is at most {@link
   * Controllers#RENEW_DEADLINE}, less than what passes before another replica leads.
   */
  private static final Duration SOON =
      Controllers.LEASE_DURATION.minus(Controllers.RENEW_DEADLINE).minusSeconds(1);

  private StaleDecisionException(String message) {
    super(message);
  }

  /**
   * Nothing else keeps a replica that leads no longer from making a Job: a status of its is refused
   * by the resourceVersion, but a Job depends on no other object. So it is made soon or not at all.
   *
   * <p>An admission policy with the lease as its parameter would not do: the API server (1.36)
   * knows leases no more once such a policy was deleted (kubernetes/kubernetes issue 130887), so
   * that after the next installation it would take the old leader for the new one, and refuse every
   * Job.
   */
  static void checkTime(Duration since) {
    // A clock that was set back tells nothing.
    if (since.isNegative() || since.compareTo(SOON) > 0) {
      throw new StaleDecisionException(
          "a Job that was decided about %s ago is not made".formatted(since));
    }
  }

  /** No Job is made beside another one, which may be at work. */
  static void checkAlone(List<String> unseen) {
    if (!unseen.isEmpty()) {
      throw new StaleDecisionException("no Job is made, for the cache did not show " + unseen);
    }
  }
}
