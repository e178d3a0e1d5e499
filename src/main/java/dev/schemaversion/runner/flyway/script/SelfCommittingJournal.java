package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.engine.ImplicitCommit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.executor.Context;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.util.AbbreviationUtils;

/**
 * Where a script commits by itself, the history says that it is unfinished before it begins. That
 * row goes in the transaction in which Flyway writes the one of success. So whoever dies in a
 * script leaves the row, and without the row nothing of the script has ever begun.
 */
public final class SelfCommittingJournal implements Scripts.Around {
  private final ImplicitCommit engine;
  private final String history;
  private final String user;

  /**
   * Beginnings in one history.
   *
   * @param engine decides which scripts commit by themselves
   * @param history the table as it stands in SQL
   * @param user recorded as the one who started the script
   */
  public SelfCommittingJournal(ImplicitCommit engine, String history, String user) {
    this.engine = engine;
    this.history = history;
    this.user = user;
  }

  /** A script failed. No FlywayException, for which Flyway would write a second row. */
  static final class ScriptFailed extends RuntimeException {
    /** Without the cause's message, which may quote rows. */
    ScriptFailed(Exception cause) {
      super(null, cause);
    }
  }

  @Override
  public MigrationExecutor around(
      Script script, int checksum, SqlScript sql, MigrationExecutor executor) {
    return new MigrationExecutor() {
      @Override
      public List<Results> execute(Context context) throws SQLException {
        return ScriptInspector.commitsByItself(engine, sql).isEmpty()
            ? executor.execute(context)
            : journalled(context);
      }

      private List<Results> journalled(Context context) throws SQLException {
        var session = context.getConnection();
        begin(session, script, checksum);
        var state = engine.keep(session);
        session.commit();
        try {
          session.setAutoCommit(!executor.canExecuteInTransaction());
          var results = executor.execute(context);
          session.setAutoCommit(false); // whatever the script has set
          state.restore();
          end(session, script);
          return results;
        } catch (FlywayException | SQLException e) {
          rollBack(session);
          throw new ScriptFailed(e);
        }
      }

      /** So that Flyway writes its row in the transaction that deletes ours. */
      @Override
      public boolean canExecuteInTransaction() {
        return true;
      }

      @Override
      public boolean shouldExecute() {
        return executor.shouldExecute();
      }
    };
  }

  private void begin(Connection session, Script script, int checksum) throws SQLException {
    var sql =
        "INSERT INTO "
            + history
            + " (installed_rank, version, description, type, script, checksum, installed_by,"
            + " execution_time, success)"
            + " SELECT COALESCE(MAX(installed_rank), 0) + 1, ?, ?, 'SQL', ?, ?, ?, 0, ? FROM "
            + history;
    try (var statement = session.prepareStatement(sql)) {
      statement.setString(1, script.version() == null ? null : script.version().toString());
      statement.setString(2, AbbreviationUtils.abbreviateDescription(script.description()));
      statement.setString(3, script.file());
      statement.setInt(4, checksum);
      statement.setString(5, user);
      statement.setBoolean(6, false);
      statement.executeUpdate();
    }
  }

  private void end(Connection session, Script script) throws SQLException {
    try (var statement =
        session.prepareStatement("DELETE FROM " + history + " WHERE script = ? AND success = ?")) {
      statement.setString(1, script.file());
      statement.setBoolean(2, false);
      statement.executeUpdate();
    }
  }

  private static void rollBack(Connection session) {
    try {
      session.setAutoCommit(false);
      session.rollback();
    } catch (SQLException e) {
      // The server does it when the session has ended.
    }
  }
}
