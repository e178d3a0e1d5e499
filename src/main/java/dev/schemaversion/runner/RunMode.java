package dev.schemaversion.runner;

import dev.schemaversion.runner.step.StepExecutor;
import dev.schemaversion.runner.step.Work;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * What a run does, and with which sessions.
 *
 * @param work what it does once it is connected
 * @param wrapping wraps the source of the sessions that read the real database
 */
record RunMode(Work work, UnaryOperator<DataSource> wrapping) {
  /** A Job, which runs the step of its request. */
  static final RunMode JOB =
      new RunMode(
          (run, tool, proof, scratch) -> new StepExecutor(run, tool, proof, scratch).execute(),
          UnaryOperator.identity());

  /** A run that cannot write to the real database. */
  static RunMode readingOnly(Work work) {
    return new RunMode(work, ReadOnlySessions::new);
  }

  DataSource sessions(DataSource sessions) {
    return wrapping.apply(sessions);
  }
}
