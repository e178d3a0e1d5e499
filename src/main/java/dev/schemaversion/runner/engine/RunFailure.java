package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import java.util.Optional;

/** A run that ends with something else than success, for a reason that is understood. */
public final class RunFailure extends RuntimeException {
  private final Outcome outcome;
  private final transient Report.Failure failure;

  /** Ends the run so. */
  public RunFailure(Outcome outcome, String message) {
    this(outcome, message, null, null);
  }

  /**
   * Ends the run so.
   *
   * @param failure the statement that failed, or null
   */
  public RunFailure(Outcome outcome, String message, Report.Failure failure, Throwable cause) {
    super(message, cause);
    this.outcome = outcome;
    this.failure = failure;
  }

  /** How the run ends. */
  public Outcome outcome() {
    return outcome;
  }

  /** The statement that failed, if it was one. */
  public Optional<Report.Failure> failure() {
    return Optional.ofNullable(failure);
  }
}
