package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.OtherSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The other sessions of a user in {@code pg_stat_activity}, which shows a user its own. */
final class PostgreSqlOtherSessions implements OtherSessions {
  private static final String SESSIONS =
      """
      SELECT pid, pid || ' ' || backend_start, state IN ('active', 'fastpath function call'),
        'process ' || pid || coalesce(' of ' || nullif(application_name, ''), ''),
        round(extract(epoch FROM clock_timestamp() - query_start))
      FROM pg_stat_activity
      WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()
      """;

  private final Connection session;

  PostgreSqlOtherSessions(Connection session) {
    this.session = session;
  }

  @Override
  public List<Session> list() throws SQLException {
    try (var statement = session.createStatement();
        var rows = statement.executeQuery(SESSIONS)) {
      var sessions = new ArrayList<Session>();
      while (rows.next()) {
        sessions.add(
            new Session(
                rows.getString(2),
                rows.getBoolean(3),
                rows.getString(4) + ", for " + rows.getLong(5) + " s",
                "SELECT pg_terminate_backend(" + rows.getLong(1) + ")"));
      }
      return sessions;
    }
  }
}
