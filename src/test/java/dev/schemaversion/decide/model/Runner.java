package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Report;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The process in a Job's pod. It lives on when its Job is deleted, and nobody hears its report.
 *
 * @param job its Job
 * @param phase how far it is
 * @param found the version it found when it looked
 * @param run how many statements of a script it has run whose row it has not written
 * @param stop whether it has been told to stop
 * @param report what it is about to report, once it is done
 */
@RecordBuilder
record Runner(Job job, Phase phase, int found, int run, boolean stop, Report report)
    implements RunnerBuilder.With {
  /** How far a runner is. */
  enum Phase {
    /** It has no lock yet, and has read nothing. */
    STARTED,
    /** It has the run lock. */
    LOCKED,
    /** It has proven what is there, or believes it. */
    MIGRATING,
    /** It has nothing to do with the database any more, and no lock. */
    DONE
  }

  static Runner of(Job job) {
    return new Runner(job, Phase.STARTED, 0, 0, false, null);
  }

  /** Whether it reads or writes the database, and nobody else should. */
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
    return with().phase(Phase.MIGRATING).found(from).run(0).build();
  }

  Runner having(int statements) {
    return withRun(statements);
  }

  Runner told() {
    return withStop(true);
  }

  Runner done(Report last) {
    return with().phase(Phase.DONE).report(last).build();
  }
}
