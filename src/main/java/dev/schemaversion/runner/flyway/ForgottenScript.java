package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.history.HistoryTable;
import dev.schemaversion.runner.proof.PendingMigration;
import java.sql.SQLException;
import java.util.List;

/**
 * A script that may have run although the history does not record it, because the server may lose
 * its last commits when it crashes. A change to the schema would be visible; a change to rows would
 * not.
 */
final class ForgottenScript {
  private final FlywayTool tool;

  ForgottenScript(FlywayTool tool) {
    this.tool = tool;
  }

  /**
   * Refuses to run the next script if it may have run already.
   *
   * @param history as it was when the run started
   * @param pending the scripts that would run
   * @throws RunFailure {@link Outcome#HALF_APPLIED}
   */
  void failIfForgotten(HistoryTable history, List<PendingMigration> pending) throws SQLException {
    var engine = tool.run().engine().implicitCommit();
    if (!tool.run().request().afterLost()
        || pending.isEmpty()
        || !history.unfinished().isEmpty()
        || !tool.database().mayLoseCommits(engine)) {
      return;
    }
    var next = pending.getFirst().name();
    if (mayHaveRunUnseen(next, engine)) {
      throw new RunFailure(
          Outcome.HALF_APPLIED,
          "It is unknown how the last run ended. The history does not record "
              + next
              + ", but this server may lose its last commits when it crashes"
              + " (innodb_flush_log_at_trx_commit is not 1), and what the script does besides"
              + " changing the schema cannot be proven. Nothing was done. Check whether the script"
              + " ran: if it did not, set the annotation schemaversion.dev/retry; if it did, undo"
              + " it by hand first.");
    }
  }

  private boolean mayHaveRunUnseen(String script, ImplicitCommit engine) throws SQLException {
    var effects =
        tool.scripts().statements(script).stream().map(each -> engine.effect(each.sql())).toList();
    return effects.contains(Effect.OTHER)
        || (effects.contains(Effect.ROWS) && !tool.database().losesCommitsInOrder(engine));
  }
}
