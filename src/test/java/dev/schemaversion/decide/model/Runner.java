package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Report;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The process in a Job's pod. It continues after the deletion of its Job, and its report is lost.
 *
 * @param job its Job
 * @param phase its phase
 * @param initialVersion the version that it read before migrating
 * @param run how many statements of the current script it has run
 * @param stop whether it has received SIGTERM
 * @param report its report, once it is done
 */
@RecordBuilder
record Runner(Job job, Phase phase, int initialVersion, int run, boolean stop, Report report)
    implements RunnerBuilder.With {
  /** The phases of a runner. */
  enum Phase {
    /** It has neither the lock nor read anything. */
    STARTED,
    /** It has the run lock. */
    LOCKED,
    /** It has proven the version, or trusts the history. */
    MIGRATING,
    /** It has released the lock. */
    DONE
  }

  static Runner of(Job job) {
    return new Runner(job, Phase.STARTED, 0, 0, false, null);
  }

  /** Returns whether it holds the lock. */
  boolean works() {
    return phase == Phase.LOCKED || phase == Phase.MIGRATING;
  }

  boolean of(String uid) {
    return job.uid().equals(uid);
  }

  Runner locked() {
    return withPhase(Phase.LOCKED);
  }

  Runner migrating(int from) {
    return with().phase(Phase.MIGRATING).initialVersion(from).run(0).build();
  }

  Runner stopped() {
    return withStop(true);
  }

  Runner done(Report last) {
    return with().phase(Phase.DONE).report(last).build();
  }
}
