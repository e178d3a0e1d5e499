package dev.schemaversion.runner.postgres;

import dev.schemaversion.contract.Parameter;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SessionSource;
import dev.schemaversion.runner.engine.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens sessions on the target, all with the same settings: under the requested role, with the Job
 * as application name, and with a short lock timeout.
 */
final class PostgreSqlSessions extends SessionSource {
  private final Target target;
  private final String settings;
  private final PGSimpleDataSource driver = new PGSimpleDataSource();

  /**
   * Creates a source of sessions on a target.
   *
   * @param statement the statement timeout in seconds; the server's default if empty
   */
  PostgreSqlSessions(Target target, Optional<Integer> statement) {
    this.target = target;
    this.settings = settings(target.limits().lockWait(), statement);
    driver.setServerNames(new String[] {target.host()});
    driver.setPortNumbers(new int[] {target.port()});
    driver.setDatabaseName(target.database());
    driver.setUser(target.user());
    driver.setPassword(target.password());
    driver.setApplicationName(target.application());
    driver.setConnectTimeout(target.connectSeconds());
    driver.setLoginTimeout(target.connectSeconds() + 5);
    driver.setTcpKeepAlive(true);
    driver.setSocketFactory(KeptAliveSockets.class.getName());
    driver.setAssumeMinServerVersion("10");
    // Details quote rows: "Key (email)=(…) already exists".
    driver.setLogServerErrorDetail(false);
    driver.setProperty(PGProperty.GSS_ENC_MODE, "disable");
    var binding = target.parameter(Parameter.CHANNEL_BINDING);
    if (binding.isPresent()) {
      driver.setProperty(PGProperty.CHANNEL_BINDING, binding.get());
    }
    driver.setSslMode(SslMode.of(target.tlsMode()));
    if (target.tlsMode() == TlsMode.VerifyCA || target.tlsMode() == TlsMode.VerifyFull) {
      driver.setSslRootCert(target.certificateAuthority().toString());
    }
  }

  /**
   * Sets a short lock timeout, and makes the server end a session whose client has disappeared,
   * also while a statement runs, so that the script is rolled back and the run lock is released.
   */
  private static String settings(int lockWait, Optional<Integer> statement) {
    return """
    SELECT set_config(name, value, false)
    FROM (VALUES ('lock_timeout', '%ds'), ('client_connection_check_interval', '10s'),
      ('tcp_keepalives_idle', '60'), ('tcp_keepalives_interval', '10'),
      ('tcp_keepalives_count', '6')%s) requested (name, value)
    JOIN pg_settings USING (name)
    """
        .formatted(lockWait, statement.map(", ('statement_timeout', '%ds')"::formatted).orElse(""));
  }

  /**
   * Opens a new session.
   *
   * @throws RunFailure if the session cannot be opened, with the reason
   */
  @Override
  public Connection getConnection() {
    try {
      var connection = driver.getConnection();
      try {
        prepare(connection);
        return connection;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw ConnectFailures.explain(e, target);
    }
  }

  private void prepare(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(settings);
    }
    if (target.role().isPresent()) {
      try (var statement = connection.prepareStatement("SELECT set_config('role', ?, false)")) {
        statement.setString(1, target.role().get());
        statement.execute();
      } catch (SQLException e) {
        throw ConnectFailures.role(e, target);
      }
    }
  }
}
