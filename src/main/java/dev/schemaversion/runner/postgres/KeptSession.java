package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.ImplicitCommit.SessionState;
import dev.schemaversion.runner.engine.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The role of a session and the advisory locks that it holds. A script may change the role with
 * {@code SET ROLE}, and {@code DISCARD ALL} loses both, among them Flyway's own lock.
 */
record KeptSession(Connection session, String role, List<Long> locks) implements SessionState {
  private static final String LOCKS =
      """
      SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
      WHERE locktype = 'advisory' AND objsubid = 1 AND pid = pg_backend_pid()
      """;

  static KeptSession of(Connection session) throws SQLException {
    var role = Rows.names(session, "SELECT current_user").getFirst();
    return new KeptSession(session, role, held(session));
  }

  private static List<Long> held(Connection session) throws SQLException {
    return Rows.of(session, LOCKS, row -> row.getLong(1));
  }

  @Override
  public void restore() throws SQLException {
    try (var statement = session.prepareStatement("SELECT set_config('role', ?, false)")) {
      statement.setString(1, role);
      statement.execute();
    }
    var now = held(session);
    for (long lock : locks) {
      if (!now.contains(lock)) {
        try (var statement = session.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
          statement.setLong(1, lock);
          statement.execute();
        }
      }
    }
  }
}
