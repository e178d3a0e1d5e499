package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import java.sql.SQLException;

/**
 * Runs the tool on a clone of the real schema before it runs on the real database.
 *
 * @param tables the tool's tables, whose rows say where it is
 */
record ToolRehearsal(RunContext run, Tool tool, HistoryTables tables) {
  /**
   * Migrates the clone to the wanted version.
   *
   * @throws RunFailure {@link Outcome#REHEARSAL_FAILED} if the tool fails
   */
  void rehearse(ScratchDatabase clone) {
    run.shutdown().endRehearsalBefore(run.request().version());
    try (var rows = clone.admin()) {
      tables.copy(run.session(), rows);
    } catch (SQLException e) {
      throw new IllegalStateException("the tool's tables cannot be copied to the clone", e);
    }
    var ended = tool.migrate(clone.login(), run.request().version());
    if (!ended.succeeded()) {
      run.shutdown().endRehearsalBefore(run.request().version());
      throw new RunFailure(
          Outcome.REHEARSAL_FAILED,
          "Rehearsed on a clone of the schema, the migration failed: "
              + ended.words()
              + " The database was not touched. The pod's log has the whole output. Correct the"
              + " migration, or what is in its way in the database, then set the annotation"
              + " schemaversion.dev/retry.");
    }
  }
}
