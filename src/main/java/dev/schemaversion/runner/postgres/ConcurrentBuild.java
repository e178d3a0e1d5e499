package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * A concurrent index build or drop while it runs. It waits for every transaction that is older,
 * without blocking anyone, so the lock timeout is off meanwhile; the statement timeout applies. The
 * log says for which sessions it waits.
 */
final class ConcurrentBuild implements Engine.Attendance {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration NEXT = Duration.ofSeconds(30);

  private static final String BLOCKING =
      """
      SELECT b.pid, a.application_name, a.usename,
        to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
      FROM unnest(pg_blocking_pids(?)) b (pid) LEFT JOIN pg_stat_activity a ON a.pid = b.pid
      """;

  private final Connection session;
  private final String lockTimeout;
  private final Thread watch;

  /**
   * Begins to watch.
   *
   * @param session executes the statement, outside a transaction
   * @param others opens a session that only looks
   */
  ConcurrentBuild(Connection session, DataSource others, Consumer<String> log) throws SQLException {
    this.session = session;
    this.lockTimeout = lockTimeout("0");
    int process = session.unwrap(PGConnection.class).getBackendPID();
    this.watch =
        Thread.ofVirtual().name("concurrent-build").start(() -> watch(process, others, log));
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

  private static void watch(int process, DataSource others, Consumer<String> log) {
    try {
      Thread.sleep(FIRST);
      // Each query commits itself: the build would wait for a transaction of ours, too.
      try (var session = others.getConnection()) {
        while (true) {
          var blocking = blocking(session, process);
          if (!blocking.isEmpty()) {
            log.accept(
                "waiting for transactions of other sessions to end: "
                    + String.join("; ", blocking));
          }
          Thread.sleep(NEXT);
        }
      }
    } catch (InterruptedException e) {
      // the statement has ended
    } catch (SQLException | RunFailure e) {
      // An interrupt while it reads closes the session.
      if (!Thread.currentThread().isInterrupted()) {
        log.accept("for which sessions the statement waits cannot be read");
      }
    }
  }

  private static List<String> blocking(Connection session, int process) throws SQLException {
    var sessions = new ArrayList<String>();
    try (var statement = session.prepareStatement(BLOCKING)) {
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

  @Override
  public void close() {
    watch.interrupt();
    try {
      var unused = lockTimeout(lockTimeout);
    } catch (SQLException e) {
      // The session is lost, which the next statement reports.
    }
  }
}
