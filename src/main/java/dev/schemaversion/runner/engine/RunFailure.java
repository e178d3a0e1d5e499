package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import java.util.Optional;

/** Ends a run with an outcome other than success, for a known reason. */
public final class RunFailure extends RuntimeException {
  private final Outcome outcome;
  private final transient Report.Failure failure;

  /** Ends the run with this outcome. */
  public RunFailure(Outcome outcome, String message) {
    this(outcome, message, null, null);
  }

  /**
   * Ends the run with this outcome.
   *
   * @param failure the failed statement, or null
   */
  public RunFailure(Outcome outcome, String message, Report.Failure failure, Throwable cause) {
    super(message, cause);
    this.outcome = outcome;
    this.failure = failure;
  }

  /** The outcome of the run. */
  public Outcome outcome() {
    return outcome;
  }

  /** The failed statement, if a statement was the cause. */
  public Optional<Report.Failure> failure() {
    return Optional.ofNullable(failure);
  }
}
