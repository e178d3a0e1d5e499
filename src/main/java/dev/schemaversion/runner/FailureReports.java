package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.CloneInterrupted;
import dev.schemaversion.runner.scratch.DumpFailed;
import dev.schemaversion.runner.scratch.DumpTooOld;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import dev.schemaversion.runner.scratch.ScratchUnavailable;

/**
 * The report of a run that ended with an exception: the outcome that belongs to it, and a message
 * that says what to do.
 *
 * @param draft what is known so far
 * @param stop why the run was interrupted, if it was
 * @param log for the stack trace of an exception that nobody expected
 */
record FailureReports(ReportDraft draft, Shutdown stop, Log log) {
  /** Returns the report of a run that this exception ended. */
  Report of(Exception failure) {
    return switch (failure) {
      case Unprovable e -> unprovable(e);
      case ScratchUnavailable e -> report(Outcome.SCRATCH_UNAVAILABLE, e);
      case ScratchMajorMismatch e -> report(Outcome.SCRATCH_MAJOR_MISMATCH, e);
      case ScratchLacks e -> report(Outcome.SCRATCH_LACKS, e);
      case CloneFailed e -> report(Outcome.CLONE_FAILED, e);
      case DumpFailed e -> report(Outcome.DUMP_FAILED, e);
      case DumpTooOld e -> report(Outcome.DUMP_TOO_OLD, e);
      case CloneInterrupted e ->
          draft.report(stop.outcome(), stop.why() + ". " + e.getMessage(), null);
      case RunFailure e -> draft.report(e.outcome(), e.getMessage(), e.failure().orElse(null));
      default -> unforeseen(failure);
    };
  }

  private Report report(Outcome outcome, Exception failure) {
    return draft.report(outcome, failure.getMessage(), null);
  }

  private Report unprovable(Unprovable e) {
    var proof = e.proof();
    draft.proof(proof);
    return draft.report(
        e.outcome(),
        e.getMessage()
            + " To go on without this proof, set spec.baseline.acceptDifference to "
            + proof.digest()
            + ".",
        e.failure().orElse(null));
  }

  private Report unforeseen(Exception e) {
    log.stackTrace(e);
    var sql = SanitizedMessage.find(e);
    var state = sql.map(SanitizedMessage::state).orElse("");
    var trouble = sql.map(ErrorCategory::of).orElse(ErrorCategory.STATEMENT);
    if (trouble == ErrorCategory.CONNECTION) {
      return draft.report(
          Outcome.CONNECTION_LOST,
          "The connection was lost: " + SanitizedMessage.of(sql.get()) + ". The operator retries.",
          null);
    }
    if (trouble == ErrorCategory.DENIED) {
      return draft.report(
          Outcome.ACCESS_DENIED,
          "The server refused: "
              + SanitizedMessage.of(sql.get())
              + " (SQLState "
              + state
              + "). GRANT the user what is missing; the operator retries.",
          null);
    }
    return draft.report(
        Outcome.INTERNAL_ERROR,
        "An internal error of the runner: "
            + e.getClass().getName()
            + sql.map(error -> ": " + SanitizedMessage.of(error) + " (SQLState " + state + ")")
                .orElse("")
            + ". The pod's log has the stack trace; please report it. To try again, set the annotation"
            + " schemaversion.dev/retry.",
        null);
  }
}
