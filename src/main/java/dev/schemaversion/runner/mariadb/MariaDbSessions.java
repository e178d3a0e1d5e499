package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.RunRequest.TlsMode;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.engine.SessionSource;
import dev.schemaversion.runner.engine.Target;
import java.sql.Connection;
import java.sql.SQLException;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;

/**
 * Opens sessions on the target, all alike: named after the Job, not willing to wait long for a
 * lock, and ended by the server soon after the runner has vanished.
 */
final class MariaDbSessions extends SessionSource {
  /** What the server says where it is asked for TLS and has none. */
  private static final String NO_TLS = "08000";

  private static final String BLANK = "jdbc:mariadb://localhost/";

  private final Target target;
  private final String settings;

  /**
   * Sessions on a target.
   *
   * @param more further settings, each after a comma
   */
  MariaDbSessions(Target target, String more) {
    this.target = target;
    int lockWait = target.limits().lockWait();
    this.settings =
        "SET SESSION lock_wait_timeout = "
            + lockWait
            + ", innodb_lock_wait_timeout = "
            + lockWait
            // An idle session that is not asked for a sign of life for so long belongs to nobody;
            // the run lock goes with it.
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

  /** What all sessions have, also those on the scratch server. */
  static Configuration.Builder basic(String host, int port, String database, String user)
      throws SQLException {
    // A configuration that was never a URL lacks a field, and the driver stumbles over it.
    return Configuration.parse(BLANK).toBuilder()
        .addresses(HostAddress.from(host, port))
        .database(database)
        .user(user)
        .connectTimeout(CONNECT_SECONDS * 1000)
        .tcpKeepAlive(true)
        .tcpKeepIdle(ALIVE_AFTER_SECONDS)
        .tcpKeepInterval(ALIVE_EVERY_SECONDS)
        .tcpKeepCount(ALIVE_COUNT)
        // A server could ask for any file of the runner's.
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
