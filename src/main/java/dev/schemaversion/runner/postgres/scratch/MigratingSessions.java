package dev.schemaversion.runner.postgres.scratch;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens sessions on a scratch database that equal those of the migrating user in the real database.
 */
final class MigratingSessions extends Driver {
  private static final String LOCK_TIMEOUT = "5s";

  private final String role;

  MigratingSessions(Sessions sessions, String database, RealDatabase real) {
    super(sessions.address(), database, real.user().login());
    this.role = real.user().givenRole();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    var connection = super.getConnection(user, password);
    try {
      set(connection, "lock_timeout", LOCK_TIMEOUT);
      if (role != null) {
        set(connection, "role", role);
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void set(Connection connection, String name, String value) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      statement.setString(1, name);
      statement.setString(2, value);
      statement.execute();
    }
  }
}
