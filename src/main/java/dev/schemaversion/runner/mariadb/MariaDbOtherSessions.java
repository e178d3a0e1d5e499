package dev.schemaversion.runner.mariadb;

import dev.schemaversion.runner.engine.OtherSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The other sessions of a user in the process list, which shows a user its own. One with another
 * current database counts too: a program may have left the database that it migrates.
 */
final class MariaDbOtherSessions implements OtherSessions {
  private static final String SESSIONS =
      """
      SELECT id, command NOT IN ('Sleep', 'Daemon'), host, time FROM information_schema.processlist
      WHERE user = SUBSTRING_INDEX(USER(), '@', 1) AND id <> CONNECTION_ID()
      """;

  private final Connection session;

  MariaDbOtherSessions(Connection session) {
    this.session = session;
  }

  @Override
  public List<Session> list() throws SQLException {
    try (var statement = session.createStatement();
        var rows = statement.executeQuery(SESSIONS)) {
      var sessions = new ArrayList<Session>();
      while (rows.next()) {
        var id = rows.getString(1);
        sessions.add(
            new Session(
                id,
                rows.getBoolean(2),
                "session " + id + " from " + rows.getString(3) + ", for " + rows.getLong(4) + " s",
                "KILL " + id));
      }
      return sessions;
    }
  }
}
