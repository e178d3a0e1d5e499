package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A concurrent index build or drop while it runs. It waits for every transaction that is older,
 * without blocking anyone, so the lock timeout is off meanwhile; the statement timeout applies.
 */
final class WithoutLockTimeout implements Engine.Attendance {
  private final Connection session;
  private final String before;

  /** Turns the lock timeout of a session off, outside a transaction. */
  WithoutLockTimeout(Connection session) throws SQLException {
    this.session = session;
    this.before = lockTimeout("0");
  }

  /** Sets the timeout, and returns the one before. */
  private String lockTimeout(String timeout) throws SQLException {
    try (var statement =
        session.prepareStatement(
            "SELECT current_setting('lock_timeout'), set_config('lock_timeout', ?, false)")) {
      statement.setString(1, timeout);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @Override
  public void close() {
    try {
      var unused = lockTimeout(before);
    } catch (SQLException e) {
      // The session is lost, which the next statement reports.
    }
  }
}
