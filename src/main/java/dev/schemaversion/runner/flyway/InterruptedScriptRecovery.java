package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.Script;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Decides about a script that was started and has not ended, where each statement commits by
 * itself. If the schema proves that nothing of the script was done, its row is deleted and the
 * script may run again. Otherwise the run is refused with what was done.
 */
final class InterruptedScriptRecovery {
  private final FlywayTool tool;
  private final SchemaProof proof;
  private final Optional<ImplicitCommit> engine;
  private final HalfAppliedMessages messages;

  InterruptedScriptRecovery(FlywayTool tool, SchemaProof proof) {
    this.tool = tool;
    this.proof = proof;
    this.engine = tool.run().engine().implicitCommit();
    this.messages = new HalfAppliedMessages(tool.database().historyName());
  }

  /**
   * The history without the scripts of which nothing was done.
   *
   * @throws RunFailure {@link Outcome#HALF_APPLIED} with what was done
   */
  History settle(FlywayHistory history) throws SQLException {
    var unfinished = history.table().unfinished();
    if (unfinished.isEmpty()) {
      return history;
    }
    failIfPartlyApplied(proof.real().read(), history);
    tool.database().forget(unfinished);
    for (var row : unfinished) {
      tool.run()
          .log()
          .line(
              row.script()
                  + (row.version() == null
                      ? ": it was started before and did not finish; as a repeatable migration it"
                          + " runs again, and"
                      : ": it was started before, and the schema proves that nothing of it was done;")
                  + " its row was deleted from the history");
    }
    return tool.history();
  }

  /**
   * Returns if nothing was done of what the history records as unfinished.
   *
   * @param found the schema as it is
   * @throws RunFailure {@link Outcome#HALF_APPLIED} with what was done; {@link
   *     Outcome#FAILED_IN_HISTORY} where a script cannot be half done
   */
  void failIfPartlyApplied(Snapshot found, FlywayHistory history) throws SQLException {
    if (engine.isEmpty()) {
      history.failIfFailed();
    }
    for (var row : history.table().unfinished()) {
      if (row.version() == null) {
        continue; // a repeatable migration is written to run again, from whatever it left
      }
      var script = script(row);
      if (script.isEmpty()) {
        throw messages.scriptMissing(row);
      }
      failIfPartlyApplied(row, found, history);
    }
  }

  /**
   * The failure itself if nothing of the failed script was done, otherwise what was done.
   *
   * @param table the history after the failure
   */
  RunFailure afterFailure(RunFailure failure, HistoryTable table) throws SQLException {
    if (engine.isEmpty() || table.unfinished().isEmpty()) {
      return failure;
    }
    try {
      settle(tool.history(table));
      return failure;
    } catch (RunFailure e) {
      return new RunFailure(
          e.outcome(),
          failure.getMessage() + " " + e.getMessage(),
          failure.failure().orElse(null),
          failure);
    }
  }

  /** With the content that it had when it started: another text could have done other things. */
  private Optional<Script> script(HistoryTable.Row row) {
    return tool.migrations().scripts().stream()
        .filter(script -> script.file().equals(row.script()))
        .filter(script -> row.checksum() != null)
        .filter(script -> row.checksum().equals(tool.checksum(script.file())))
        .findFirst();
  }

  private void failIfPartlyApplied(HistoryTable.Row row, Snapshot found, FlywayHistory history)
      throws SQLException {
    var statements = tool.statements(row.script());
    var effects = statements.stream().map(each -> engine.orElseThrow().effect(each.sql())).toList();
    boolean onRecord = history.present().isPresent() && proof.onRecord(found, history).isPresent();
    if (onRecord && areProvable(effects, 0)) {
      return;
    }
    if (onRecord && !proof.canBuild()) {
      throw messages.rowsNotProvable(row);
    }
    tool.run()
        .log()
        .line(
            "building version "
                + history.present().orElse("nothing")
                + " and running the interrupted script on it, statement by statement");
    var replay = StatementReplay.of(found, history, statements, proof);
    if (!replay.equal().contains(0)) {
      throw messages.done(row, replay, statements, effects);
    }
    if (!areProvable(effects, replay.visible())) {
      throw messages.rowsNotProvable(row);
    }
  }

  /**
   * Whether an unchanged schema proves that nothing was done.
   *
   * @param visible the first statement that changes the schema visibly, counted from 1; 0 if that
   *     is not known
   */
  private boolean areProvable(List<Effect> effects, int visible) throws SQLException {
    if (effects.contains(Effect.OTHER)) {
      return false;
    }
    int rows = effects.indexOf(Effect.ROWS);
    if (rows < 0) {
      return true;
    }
    // In one transaction with the row in the history, if no statement in between has committed it.
    boolean oneTransaction =
        !effects.contains(Effect.SCHEMA) && tool.database().rowsRollBack(engine.orElseThrow());
    return oneTransaction || (visible > 0 && visible <= rows);
  }
}
