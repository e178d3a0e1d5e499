package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import dev.schemaversion.runner.engine.InvalidIndexes;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.flyway.history.HistoryTable;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** What a user reads about a script that was done in part, and how to go on. */
final class HalfAppliedMessages {
  private final String historyName;

  /**
   * Messages about one database.
   *
   * @param historyName the history table as it is written in SQL
   */
  HalfAppliedMessages(String historyName) {
    this.historyName = historyName;
  }

  RunFailure scriptMissing(HistoryTable.Row row, String why) {
    return halfApplied(
        row, why, "The file is missing or was changed, so what it did cannot be determined.");
  }

  RunFailure rowsNotProvable(InterruptedScript script) {
    return halfApplied(
        script.row(),
        script.why(),
        "The schema is still what it was before, but the script does more than change the schema,"
            + " and whether that is done cannot be proven.");
  }

  /** Nothing is done but an index that the server could not complete. */
  RunFailure indexesInvalid(InterruptedScript script, List<InvalidIndexes.Index> left) {
    return halfApplied(
        script.row(),
        script.why(),
        "The schema is what it was before, but for what follows." + invalid(left));
  }

  RunFailure indexRemains(
      InterruptedScript script, InvalidIndexes.Index index, SQLException thrown) {
    return halfApplied(
        script.row(),
        script.why(),
        "It left the index "
            + index.qualified()
            + " invalid, and that could not be dropped: "
            + SanitizedMessage.of(thrown)
            + ".");
  }

  /** The schema shows which statements were done. */
  RunFailure done(
      InterruptedScript script, StatementReplay replay, List<InvalidIndexes.Index> left) {
    return halfApplied(script.row(), script.why(), done(script, replay) + invalid(left));
  }

  private static String done(InterruptedScript script, StatementReplay replay) {
    var statements = script.statements();
    if (replay.equal().isEmpty()) {
      return "The schema is neither what it was before nor what it is after any of its "
          + statements.size()
          + " statements: "
          + replay.difference();
    }
    int done = replay.equal().getFirst();
    int further = replay.equal().getLast();
    return (done == statements.size() ? "All of its " + done : "Of its " + statements.size())
        + " statements"
        + (done == statements.size() ? "" : ", 1 to " + done)
        + " (to line "
        + statements.get(done - 1).line()
        + ") are done already"
        + (further > done
            ? ", and perhaps those up to "
                + further
                + ", which change nothing that the schema shows"
            : "")
        + (script.effects().subList(0, done).contains(Effect.ROWS) ? "; rows are not proven" : "")
        + ".";
  }

  private static String invalid(List<InvalidIndexes.Index> left) {
    return left.isEmpty()
        ? ""
        : " It left indexes invalid, which are to be dropped: "
            + left.stream().map(InvalidIndexes.Index::qualified).collect(Collectors.joining(", "))
            + ".";
  }

  private RunFailure halfApplied(HistoryTable.Row row, String why, String what) {
    return new RunFailure(
        Outcome.HALF_APPLIED,
        row.script()
            + " was started and did not finish, and "
            + why
            + ". "
            + what
            + " Nothing was done. Either finish it by hand and then say so: UPDATE "
            + historyName
            + " SET success = true WHERE installed_rank = "
            + row.rank()
            + "; or undo it by hand and then: DELETE FROM "
            + historyName
            + " WHERE installed_rank = "
            + row.rank()
            + ". Then set the annotation schemaversion.dev/retry.");
  }
}
