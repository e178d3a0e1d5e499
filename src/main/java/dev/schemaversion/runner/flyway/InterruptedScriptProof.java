package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;

/** Proves that nothing was done of one script that was started and has not ended. */
final class InterruptedScriptProof {
  private final FlywayTool tool;
  private final SchemaProof proof;
  private final HalfAppliedMessages messages;

  InterruptedScriptProof(FlywayTool tool, SchemaProof proof, HalfAppliedMessages messages) {
    this.tool = tool;
    this.proof = proof;
    this.messages = messages;
  }

  /**
   * Returns if nothing was done of the script.
   *
   * @param left the invalid indexes that it left
   * @param found the schema without them
   * @throws RunFailure {@link Outcome#HALF_APPLIED} with what was done
   */
  void failIfPartlyApplied(
      InterruptedScript script, LeftIndexes left, Snapshot found, FlywayHistory history)
      throws SQLException {
    boolean onRecord = history.present().isPresent() && proof.onRecord(found, history).isPresent();
    if (!onRecord || !areProvable(script, null)) {
      if (onRecord && !proof.canBuild()) {
        throw messages.rowsNotProvable(script);
      }
      tool.run()
          .log()
          .line(
              "building version "
                  + history.present().orElse("nothing")
                  + " and running the interrupted script on it, statement by statement");
      var replay = StatementReplay.of(found, history, script, proof, tool);
      if (!replay.equal().contains(0)) {
        throw messages.done(script, replay, left.indexes());
      }
      if (!areProvable(script, replay)) {
        throw messages.rowsNotProvable(script);
      }
    }
    if (!left.canBeDropped()) {
      throw messages.indexesInvalid(script, left.indexes());
    }
  }

  /**
   * Whether an unchanged schema proves that nothing was done.
   *
   * @param replay of its statements; null if there is none
   */
  private boolean areProvable(InterruptedScript script, StatementReplay replay)
      throws SQLException {
    var effects = script.effects();
    if (effects.contains(Effect.OTHER)) {
      return false;
    }
    int rows = effects.indexOf(Effect.ROWS);
    if (rows < 0) {
      return true;
    }
    // In one transaction with the row in the history, if no statement in between has committed it.
    boolean oneTransaction =
        script.inTransaction()
            && !effects.contains(Effect.SCHEMA)
            && tool.database().rowsRollBack(tool.run().engine().implicitCommit());
    // Without the change before them that the schema would show, the rows are not there either.
    boolean comeLater =
        replay != null && !replay.returns() && replay.visible() > 0 && replay.visible() <= rows;
    return oneTransaction || comeLater;
  }
}
