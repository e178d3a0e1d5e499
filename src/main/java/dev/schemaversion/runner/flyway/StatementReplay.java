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
import java.util.regex.Pattern;

/**
 * Builds on the scratch server what the history records, runs the statements of one script on it
 * one by one, and compares after each that is committed. So it is known how far that script came on
 * the real database.
 *
 * @param equal after how many statements the schema equals the one that was found
 * @param visible the first statement that changes the schema, counted from 1; 0 if none does
 * @param difference between the found schema and the one before the first statement, in words
 */
record StatementReplay(List<Integer> equal, int visible, String difference) {
  /** Its rows are not in the statement, and rows are not compared. */
  private static final Pattern COPY = Pattern.compile("COPY\\b.*", Pattern.CASE_INSENSITIVE);

  /** Whether the schema is found as it is also after a statement that changes it. */
  boolean returns() {
    return visible > 0 && equal.stream().anyMatch(done -> done >= visible);
  }

  /** Builds, runs and compares. */
  static StatementReplay of(
      Snapshot found,
      FlywayHistory history,
      InterruptedScript script,
      SchemaProof proof,
      FlywayTool tool)
      throws SQLException {
    var version = history.present().orElse("nothing");
    try (var standing = history.replayBuilt().build();
        var session = standing.database().migrating().getConnection()) {
      session.setAutoCommit(!script.inTransaction());
      var before = proof.compare(found, version, standing.schema(), standing);
      var equal = new ArrayList<Integer>();
      if (before.holds()) {
        equal.add(0);
      }
      int visible = 0;
      int done = 0;
      for (var statement : script.statements()) {
        if (!isSkipped(statement, tool) && !execute(session, statement)) {
          break;
        }
        done++;
        if (tool.run().engine().implicitCommit().isInTransaction(session)) {
          continue; // nobody else can have seen this state
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

  private static boolean isSkipped(ScriptInspector.Statement statement, FlywayTool tool) {
    return COPY.matcher(statement.bare()).lookingAt()
        || tool.serverStatements().skips(statement.sql());
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
