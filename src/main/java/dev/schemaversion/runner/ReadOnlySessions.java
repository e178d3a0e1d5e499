package dev.schemaversion.runner;

import dev.schemaversion.runner.engine.SessionSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens sessions in which the server refuses every write. */
final class ReadOnlySessions extends SessionSource {
  private final DataSource sessions;

  ReadOnlySessions(DataSource sessions) {
    this.sessions = sessions;
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = sessions.getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute(
          connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")
              ? "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
              : "SET SESSION TRANSACTION READ ONLY");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
