package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.ScriptInspector;
import java.util.List;

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

  RunFailure scriptMissing(HistoryTable.Row row) {
    return halfApplied(
        row, "The file is missing or was changed, so what it did cannot be determined.");
  }

  RunFailure rowsNotProvable(HistoryTable.Row row) {
    return halfApplied(
        row,
        "The schema is still what it was before, but the script does more than change the schema,"
            + " and whether that is done cannot be proven.");
  }

  /** The schema shows which statements were done. */
  RunFailure done(
      HistoryTable.Row row,
      StatementReplay replay,
      List<ScriptInspector.Statement> statements,
      List<Effect> effects) {
    return halfApplied(row, done(replay, statements, effects));
  }

  private static String done(
      StatementReplay replay, List<ScriptInspector.Statement> statements, List<Effect> effects) {
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
        + (effects.subList(0, done).contains(Effect.ROWS) ? "; rows are not proven" : "")
        + ".";
  }

  private RunFailure halfApplied(HistoryTable.Row row, String what) {
    return new RunFailure(
        Outcome.HALF_APPLIED,
        row.script()
            + " was started and did not finish, and on this engine each statement commits on its own. "
            + what
            + " Nothing was done. Either finish it by hand and then say so: UPDATE "
            + historyName
            + " SET success = 1 WHERE installed_rank = "
            + row.rank()
            + "; or undo it by hand and then: DELETE FROM "
            + historyName
            + " WHERE installed_rank = "
            + row.rank()
            + ". Then set the annotation schemaversion.dev/retry.");
  }
}
