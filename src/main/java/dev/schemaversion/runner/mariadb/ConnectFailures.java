package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ConnectFailure;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import java.sql.SQLException;

/** Explains why a session could not be opened. */
final class ConnectFailures {
  /**
   * Part of the driver's message, which has no code, for a server key that would be trusted
   * unverified.
   */
  private static final String NO_KEY = "serverRsaPublicKeyFile";

  private ConnectFailures() {}

  static RunFailure explain(SQLException e, Target target) {
    boolean denied =
        switch (e.getErrorCode()) {
          // user for a database, password, no such database, host not allowed, blocked or locked
          // account, plain text forbidden
          case 1044, 1045, 1049, 1130, 1129, 1820, 1862, 3118, 3159, 3955, 4151, 1251, 1524, 1275 ->
              true;
          default -> e.getSQLState() != null && e.getSQLState().startsWith("28");
        };
    if (e.getMessage() != null && e.getMessage().contains(NO_KEY)) {
      return new RunFailure(
          Outcome.ACCESS_DENIED,
          "User “"
              + target.user()
              + "” at "
              + target.address()
              + " authenticates with caching_sha2_password, which requires an encrypted"
              + " connection. Set spec.database.tls.mode to Require, or better VerifyFull, and"
              + " configure a certificate on the server; the next attempt uses it.",
          null,
          e);
    }
    return denied ? ConnectFailure.denied(e, target) : ConnectFailure.unreachable(e, target);
  }
}
