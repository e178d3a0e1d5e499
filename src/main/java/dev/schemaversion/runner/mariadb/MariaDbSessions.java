package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.engine.SessionSource;
import dev.schemaversion.runner.engine.Target;
import java.sql.Connection;
import java.sql.SQLException;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;

/**
 * Opens sessions on the target, all with the same settings: with the Job as program name, with
 * short lock timeouts, and with timeouts that make the server end the session soon after the runner
 * has disappeared.
 */
public final class MariaDbSessions extends SessionSource {
  /** The SQLState of a server without TLS to a client that requests TLS. */
  private static final String NO_TLS = "08000";

  private static final String BLANK = "jdbc:mariadb://localhost/";

  private final Target target;
  private final String settings;

  /**
   * Creates a source of sessions on a target.
   *
   * @param more additional settings, each preceded by a comma
   */
  MariaDbSessions(Target target, String more) {
    this.target = target;
    int lockWait = target.limits().lockWait();
    this.settings =
        "SET SESSION lock_wait_timeout = "
            + lockWait
            + ", innodb_lock_wait_timeout = "
            + lockWait
            // The server ends a session whose client has disappeared, which releases the run lock.
            + ", wait_timeout = 600, net_read_timeout = 60, net_write_timeout = 60"
            + more;
  }

  @Override
  public Connection getConnection() {
    try {
      var connection = connect();
      try (var statement = connection.createStatement()) {
        statement.execute(settings);
        return connection;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw ConnectFailures.explain(e, target);
    }
  }

  private Connection connect() throws SQLException {
    if (target.tlsMode() != TlsMode.Prefer) {
      return Driver.connect(configuration(sslMode(target.tlsMode())));
    }
    try {
      return Driver.connect(configuration("trust"));
    } catch (SQLException e) {
      if (NO_TLS.equals(SanitizedMessage.state(e)) && e.getCause() == null) {
        return Driver.connect(configuration("disable"));
      }
      throw e;
    }
  }

  private Configuration configuration(String sslMode) throws SQLException {
    var builder =
        basic(target.host(), target.port(), target.database(), target.user())
            .connectTimeout(target.connectSeconds() * 1000)
            .password(target.password())
            .sslMode(sslMode)
            .connectionAttributes("program_name:" + target.application().replaceAll("[:,]", "_"));
    if (sslMode.startsWith("verify")) {
      builder.serverSslCert(target.certificateAuthority().toString());
      builder.fallbackToSystemTrustStore(false);
    }
    return builder.build();
  }

  /** Returns the configuration that all sessions share, also those on the scratch server. */
  public static Configuration.Builder basic(String host, int port, String database, String user)
      throws SQLException {
    // The driver fails on a configuration that was not parsed from a URL.
    return Configuration.parse(BLANK).toBuilder()
        .addresses(HostAddress.from(host, port))
        .database(database)
        .user(user)
        .connectTimeout(CONNECT_SECONDS * 1000)
        .tcpKeepAlive(true)
        .tcpKeepIdle(KEEP_ALIVE_IDLE_SECONDS)
        .tcpKeepInterval(KEEP_ALIVE_INTERVAL_SECONDS)
        .tcpKeepCount(KEEP_ALIVE_COUNT)
        // A malicious server could request any file of the runner.
        .allowLocalInfile(false)
        .allowMultiQueries(false)
        .permitRedirect(false)
        .createDatabaseIfNotExist(false)
        .dumpQueriesOnException(false)
        .tinyInt1isBit(true)
        .autocommit(true);
  }

  private static String sslMode(TlsMode mode) {
    return switch (mode) {
      case Disable -> "disable";
      case Prefer, Require -> "trust";
      case VerifyCA -> "verify-ca";
      case VerifyFull -> "verify-full";
    };
  }
}
