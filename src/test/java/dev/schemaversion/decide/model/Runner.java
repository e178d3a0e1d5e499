package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Report;

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
record Runner(Job job, Phase phase, int found, int run, boolean stop, Report report) {
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
    return new Runner(job, Phase.LOCKED, found, run, stop, null);
  }

  Runner migrating(int from) {
    return new Runner(job, Phase.MIGRATING, from, 0, stop, null);
  }

  Runner having(int statements) {
    return new Runner(job, phase, found, statements, stop, report);
  }

  Runner told() {
    return new Runner(job, phase, found, run, true, report);
  }

  Runner done(Report last) {
    return new Runner(job, Phase.DONE, found, run, stop, last);
  }
}
