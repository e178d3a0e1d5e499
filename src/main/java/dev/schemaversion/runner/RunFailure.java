package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import java.util.Optional;

/** A run that ends with something else than success, for a reason that is understood. */
final class RunFailure extends RuntimeException {
  private final Outcome outcome;
  private final transient Report.Failure failure;

  RunFailure(Outcome outcome, String message) {
    this(outcome, message, null, null);
  }

  RunFailure(Outcome outcome, String message, Report.Failure failure, Throwable cause) {
    super(message, cause);
    this.outcome = outcome;
    this.failure = failure;
  }

  Outcome outcome() {
    return outcome;
  }

  /** The statement that failed, if it was one. */
  Optional<Report.Failure> failure() {
    return Optional.ofNullable(failure);
  }
}
