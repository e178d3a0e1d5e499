package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Holds a database for one runner at a time. The lock belongs to a session of its own that never
 * has a transaction open: an idle transaction would block {@code CREATE INDEX CONCURRENTLY} for
 * ever. It ends with the session, so a runner that dies leaves nothing behind.
 */
final class RunLock implements AutoCloseable {
  /** "schemav" in ASCII; PostgreSQL keeps advisory locks for each database apart. */
  private static final long KEY = 0x73_63_68_65_6d_61_76L;

  /** Flyway's own key; its lock is taken for each migration, by any Flyway that works here. */
  private static final long FLYWAY_KEY = 77_431_708_279_161L;

  private static final String HOLDER =
      """
      SELECT coalesce(nullif(a.application_name, ''), 'process ' || l.pid)
      FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32) | l.objid::bigint = ?
      """;

  private final Connection connection;

  private RunLock(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes the lock on this session.
   *
   * @throws RunFailure {@link Outcome#LOCK_BUSY} if another runner has it
   */
  static RunLock take(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      statement.setLong(1, KEY);
      try (var row = statement.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          return new RunLock(connection);
        }
      }
    }
    throw new RunFailure(
        Outcome.LOCK_BUSY,
        "Another runner ("
            + holder(connection, KEY)
            + ") works on this database. It is tried again when that one has ended.");
  }

  /** Asks whether the session still lives, and with it the lock. */
  void verify() {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new RunFailure(
          Outcome.CONNECTION_LOST,
          "The session that held the run lock broke: "
              + ServerMessage.of(e)
              + ". No migration was running; the next attempt goes on from here.",
          null,
          e);
    }
  }

  /** Says so if another Flyway, such as somebody's command line, has its lock on this history. */
  void failIfFlywayIsBusy(String schema, String table) throws SQLException {
    int discriminator = (quoted(schema) + "." + quoted(table)).hashCode();
    var holder = holder(connection, FLYWAY_KEY + discriminator);
    if (!holder.isEmpty()) {
      throw new RunFailure(
          Outcome.LOCK_BUSY,
          "Another Flyway ("
              + holder
              + ") works on this database. It is tried again when that one has ended.");
    }
  }

  private static String holder(Connection connection, long key) throws SQLException {
    try (var statement = connection.prepareStatement(HOLDER)) {
      statement.setLong(1, key);
      try (var row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** Ends the lock together with its session. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server ends the lock with the session, and the session is gone.
    }
  }
}
