package dev.schemaversion.runner;

import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.step.StepExecutor;
import dev.schemaversion.runner.step.Work;
import javax.sql.DataSource;

/**
 * What a run does, and with which sessions.
 *
 * @param work what it does once it is connected
 * @param readsOnly whether the server of the real database refuses every write of the run
 */
record RunMode(Work work, boolean readsOnly) {
  /** A Job, which runs the step of its request; only some steps may write. */
  static final RunMode JOB =
      new RunMode(
          (run, tool, proof, scratch) -> new StepExecutor(run, tool, proof, scratch).execute(),
          false);

  /** A run that cannot write to the real database. */
  static RunMode readingOnly(Work work) {
    return new RunMode(work, true);
  }

  /** Returns the source of the sessions with the real database. */
  DataSource sessions(DataSource sessions, Step step) {
    return readsOnly || !step.writes() ? new ReadOnlySessions(sessions) : sessions;
  }
}
