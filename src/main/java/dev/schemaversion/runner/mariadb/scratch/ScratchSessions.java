package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.SessionSource;
import dev.schemaversion.runner.mariadb.MariaDbSessions;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.mariadb.jdbc.Driver;

/** Opens sessions on the scratch server, which in a pod requires no password. */
final class ScratchSessions extends SessionSource {
  private final RequestedScratch address;
  private final String user;
  private final String database;
  private final List<String> settings;

  ScratchSessions(RequestedScratch address, String user, String database, List<String> settings) {
    this.address = address;
    this.user = user;
    this.database = database;
    this.settings = settings;
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection =
        Driver.connect(
            MariaDbSessions.basic(address.host(), address.port(), database, user)
                .password(address.passwordOrEmpty())
                // Without TLS, MySQL takes a password encrypted with a key that it sends.
                .allowPublicKeyRetrieval(address.password() != null)
                .sslMode("disable")
                .connectionAttributes("program_name:schemaversion")
                .build());
    try {
      set(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Skips settings that cannot be set; relevant effects appear in the comparison. */
  private void set(Connection connection) throws SQLException {
    for (var setting : settings) {
      try {
        execute(connection, List.of(setting));
      } catch (SQLException e) {
        if (ScratchUnavailable.isCauseOf(e)) {
          throw e;
        }
      }
    }
  }

  /** Opens a session for reading, and reports a failure as {@link ScratchUnavailable}. */
  Connection openForReading() {
    try {
      return getConnection();
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  static void execute(Connection connection, List<String> statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
