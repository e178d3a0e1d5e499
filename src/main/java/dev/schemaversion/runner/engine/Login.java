package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.request.TlsMode;
import java.util.Optional;

/**
 * How a program other than this one connects to a database.
 *
 * @param host the host name or IP address
 * @param port the TCP port
 * @param database the name of the database
 * @param user the user to log in as
 * @param password the password, which may be empty
 * @param tlsMode how the connection is encrypted and the server verified
 */
public record Login(
    String host, int port, String database, String user, String password, TlsMode tlsMode) {
  /** Returns the login of the real database. */
  public static Login to(Target target) {
    return new Login(
        target.host(),
        target.port(),
        target.database(),
        target.user(),
        target.password(),
        target.tlsMode());
  }

  /** Returns libpq's name of the TLS mode, such as {@code verify-full}. */
  public String sslMode() {
    return switch (tlsMode) {
      case Disable -> "disable";
      case Prefer -> "prefer";
      case Require -> "require";
      case VerifyCA -> "verify-ca";
      case VerifyFull -> "verify-full";
    };
  }

  /** The password, if there is one that must not be shown. */
  public Optional<String> secret() {
    return password.isEmpty() ? Optional.empty() : Optional.of(password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + " at " + host + ":" + port + "/" + database;
  }
}
