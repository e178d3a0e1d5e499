package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.Blockers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions that block a process of the server.
 *
 * @param process the process id of the session that waits
 */
record PostgreSqlBlockers(int process) implements Blockers {
  private static final String BLOCKING =
      """
      SELECT b.pid, a.application_name, a.usename,
        to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
      FROM unnest(pg_blocking_pids(?)) b (pid) LEFT JOIN pg_stat_activity a ON a.pid = b.pid
      """;

  @Override
  public List<String> describe(Connection looking) throws SQLException {
    var sessions = new ArrayList<String>();
    try (var statement = looking.prepareStatement(BLOCKING)) {
      statement.setInt(1, process);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          int pid = rows.getInt(1);
          sessions.add(
              pid == 0
                  ? "a prepared transaction"
                  : describe(pid, rows.getString(2), rows.getString(3), rows.getString(4)));
        }
      }
    }
    return sessions;
  }

  private static String describe(int pid, String application, String user, String since) {
    return "process "
        + pid
        + (application == null || application.isEmpty() ? "" : ", application " + application)
        + (user == null ? "" : ", user " + user)
        + (since == null ? "" : ", since " + since);
  }
}
