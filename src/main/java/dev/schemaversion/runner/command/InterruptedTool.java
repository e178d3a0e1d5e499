package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Finds out what a tool has done that failed or was interrupted. The database is between two
 * versions unless its schema is that of the version that the tool has recorded.
 */
final class InterruptedTool {
  private static final String REMEDY =
      " Complete or undo by hand, or with the tool, what it did in part, so that the schema and the"
          + " tool's tables are those of one version.";

  private static final String RETRY = " Then set the annotation schemaversion.dev/retry.";

  private final CommandTool tool;
  private final SchemaProof proof;

  InterruptedTool(CommandTool tool, SchemaProof proof) {
    this.tool = tool;
    this.proof = proof;
  }

  /**
   * Refuses a database that is between two versions after an interruption.
   *
   * @throws RunFailure {@link Outcome#HALF_APPLIED}
   */
  void failIfPartlyApplied(CommandHistory history, Snapshot found) throws SQLException {
    var problem = problem(history, found);
    if (problem.isPresent()) {
      throw halfApplied("A sync was interrupted while the tool was migrating.", problem.get());
    }
  }

  /** Describes what is half done, in one or two sentences; empty if nothing is. */
  private Optional<String> problem(CommandHistory history, Snapshot found) throws SQLException {
    if (history.isUnknown()) {
      return Optional.of(
          tool.marks().unknown(history.mark()) + RefusalMessages.candidates(proof.search(found)));
    }
    if (history.version().isEmpty()) {
      var contents = proof.real().contents(found);
      return contents.isEmpty()
          ? Optional.empty()
          : Optional.of("The tool has recorded no version, while " + contents.describe() + ".");
    }
    var result = proof.history(found, history);
    return result.holds() ? Optional.empty() : Optional.of(contradiction(result));
  }

  private static String contradiction(Proof result) {
    return "The tool has recorded version "
        + result.version()
        + ", but "
        + RefusalMessages.differ(result)
        + RefusalMessages.candidates(result);
  }

  /**
   * How the run ends after the tool failed on the real database.
   *
   * @param now the history now
   */
  RunFailure failed(Ended ended, CommandHistory now) throws SQLException {
    var problem = problem(now, proof.real().read());
    if (problem.isPresent()) {
      return halfApplied("The migration failed: " + ended.words(), problem.get());
    }
    return new RunFailure(
        Outcome.MIGRATION_FAILED,
        "The migration failed: "
            + ended.words()
            + (ended.succeeded() ? " It has not reached the wanted version." : "")
            + " The database is at "
            + now.version().orElse(ListedVersions.BEGINNING)
            + ", and its schema is that of this version. Whether the tool has changed all rows that it"
            + " had to is not known. The pod's log has the whole output. Correct the cause, then set the annotation"
            + " schemaversion.dev/retry.");
  }

  private RunFailure halfApplied(String what, String problem) {
    return new RunFailure(
        Outcome.HALF_APPLIED,
        what
            + " The database is between two versions: "
            + problem
            + REMEDY
            + tool.howToRecord()
            + RETRY);
  }
}
