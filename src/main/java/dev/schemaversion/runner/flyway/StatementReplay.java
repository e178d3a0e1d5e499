package dev.schemaversion.runner.flyway;

import dev.schemaversion.runner.flyway.script.ScriptInspector;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds on the scratch server what the history records, runs the statements of one script on it
 * one by one, and compares after each. So it is known how far that script came on the real
 * database.
 *
 * @param equal after how many statements the schema equals the one that was found
 * @param visible the first statement that changes the schema, counted from 1; 0 if none does
 * @param difference between the found schema and the one before the first statement, in words
 */
record StatementReplay(List<Integer> equal, int visible, String difference) {

  /** Builds, runs and compares. */
  static StatementReplay of(
      Snapshot found,
      FlywayHistory history,
      List<ScriptInspector.Statement> statements,
      SchemaProof proof)
      throws SQLException {
    var version = history.present().orElse("nothing");
    try (var standing = history.replayBuilt().build();
        var session = standing.database().migrating().getConnection()) {
      var before = proof.compare(found, version, standing.schema(), standing);
      var equal = new ArrayList<Integer>();
      if (before.holds()) {
        equal.add(0);
      }
      int visible = 0;
      for (int done = 1; done <= statements.size(); done++) {
        if (!execute(session, statements.get(done - 1))) {
          break;
        }
        var schema = proof.readAgain(standing);
        if (visible == 0 && !schema.fingerprint().equals(standing.schema().fingerprint())) {
          visible = done;
        }
        if (proof.compare(found, version, schema, standing).holds()) {
          equal.add(done);
        }
      }
      return new StatementReplay(
          equal, visible, before.holds() ? "" : RefusalMessages.differ(before));
    }
  }

  private static boolean execute(Connection session, ScriptInspector.Statement statement)
      throws SQLException {
    try (var execution = session.createStatement()) {
      execution.setEscapeProcessing(false);
      execution.execute(statement.sql());
      return true;
    } catch (SQLException e) {
      if (ScratchUnavailable.isCauseOf(e)) {
        throw ScratchUnavailable.died(e);
      }
      return false;
    }
  }
}
