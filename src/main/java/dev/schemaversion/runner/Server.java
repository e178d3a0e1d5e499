package dev.schemaversion.runner;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import java.sql.Connection;
import java.sql.SQLException;

/** Which server and database answered. */
final class Server {
  /** Stands for the identifier where the server does not let the user read it. */
  static final String UNKNOWN = "unknown";

  private static final String ABOUT =
      """
      SELECT current_setting('server_version'), current_database(), pg_is_in_recovery(),
             has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
      """;

  private Server() {}

  /**
   * Records which database it is and refuses to go on with another than the expected one.
   *
   * @param expected the database whose evidence is recorded, or null
   */
  static void check(
      Connection connection, Target target, DatabaseIdentity expected, Findings findings)
      throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(ABOUT)) {
      row.next();
      var identifier = row.getBoolean(4) ? identifier(connection) : UNKNOWN;
      var identity = new DatabaseIdentity(identifier, row.getString(2));
      // Distributions append their own to it: "17.2 (Debian 17.2-1)".
      findings.server(identity, row.getString(1).split(" ", 2)[0]);
      if (row.getBoolean(3)) {
        throw new RunFailure(
            Outcome.DATABASE_UNREACHABLE,
            "The server at "
                + target.address()
                + " is a read-only standby. It is tried again; point spec.database at the primary.");
      }
      if (expected != null && !expected.equals(identity)) {
        throw new RunFailure(
            Outcome.DATABASE_CHANGED,
            "Under "
                + target.address()
                + " answers another database ("
                + identity
                + ") than the one whose version is recorded ("
                + expected
                + "). What was recorded no longer holds; nothing was done.");
      }
    }
  }

  /**
   * Refuses a pooler that hands one session of the server to several clients: the run lock would be
   * everybody's and nobody's. Two sessions that are open at the same time have two processes on the
   * server, unless somebody in between shares them.
   *
   * @param one a session outside a transaction
   * @param other another one
   * @throws RunFailure {@link Outcome#POOLER_REFUSED}
   */
  static void failIfPooled(Connection one, Connection other, Target target) throws SQLException {
    if (process(one).equals(process(other))) {
      throw new RunFailure(
          Outcome.POOLER_REFUSED,
          "At "
              + target.address()
              + " a connection pooler answers that shares the server's sessions among its clients"
              + " (PgBouncer's pool_mode transaction or statement): locks of a session would leak."
              + " Nothing was done. Point spec.database at the server itself, or at a pool with"
              + " pool_mode session.");
    }
  }

  private static String process(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getString(1);
    }
  }

  private static String identifier(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT system_identifier FROM pg_control_system()")) {
      row.next();
      return row.getString(1);
    }
  }
}
