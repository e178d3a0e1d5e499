package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.mariadb.scratch.SchemaDump.Statement;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores a {@link SchemaDump} on the scratch server: a copy of the real database without its
 * rows, except those of the history table.
 */
final class MariaDbClone {
  private final SchemaDump dump;

  MariaDbClone(SchemaDump dump) {
    this.dump = dump;
  }

  /** Creates all objects in an empty database, except triggers and events. */
  void createTablesIn(MariaDbScratchDatabase database) {
    try (var session = database.migrating().getConnection()) {
      ScratchSessions.execute(session, List.of("SET SESSION foreign_key_checks = 0"));
      for (var statement : dump.tables()) {
        execute(database, statement, session);
      }
      createViews(session);
      insertHistory(session);
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  /** Creates triggers and events, which would change rows that are inserted after them. */
  void createTriggersIn(MariaDbScratchDatabase database) {
    try (var session = database.migrating().getConnection()) {
      for (var statement : dump.triggers()) {
        execute(database, statement, session);
      }
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  private static void execute(
      MariaDbScratchDatabase database, Statement statement, Connection shared) throws SQLException {
    if (statement.settings().isEmpty()) {
      ScratchSessions.execute(shared, List.of("SET SESSION sql_mode = ''", statement.sql()));
      return;
    }
    try (var own = database.migrating().getConnection()) {
      ScratchSessions.execute(own, statement.settings());
      ScratchSessions.execute(own, List.of(statement.sql()));
    }
  }

  /** Creates the views in the order of their dependencies, by retrying those that fail. */
  private void createViews(Connection session) throws SQLException {
    var pending = new ArrayList<>(dump.views());
    while (!pending.isEmpty()) {
      SQLException failure = null;
      int before = pending.size();
      for (var view : List.copyOf(pending)) {
        try {
          ScratchSessions.execute(session, List.of(view.sql()));
          pending.remove(view);
        } catch (SQLException e) {
          if (ScratchUnavailable.isCauseOf(e)) {
            throw e;
          }
          failure = e;
        }
      }
      if (pending.size() == before) {
        throw failure;
      }
    }
  }

  private void insertHistory(Connection session) throws SQLException {
    for (var row : dump.history()) {
      var parameters = "?, ".repeat(row.size() - 1) + "?";
      var sql = "INSERT INTO " + dump.historyTable() + " VALUES (" + parameters + ")";
      try (var statement = session.prepareStatement(sql)) {
        for (int i = 0; i < row.size(); i++) {
          statement.setObject(i + 1, row.get(i));
        }
        statement.executeUpdate();
      }
    }
  }

  private static RuntimeException explain(SQLException e) {
    if (ScratchUnavailable.isCauseOf(e)) {
      return ScratchUnavailable.died(e);
    }
    return new CloneFailed(
        "The schema cannot be recreated on the scratch server: "
            + SanitizedMessages.of(e)
            + ". The database was not touched. Correct the broken object, or set spec.proof.mode"
            + " to OnBaseline, which skips the rehearsal.",
        e);
  }
}
