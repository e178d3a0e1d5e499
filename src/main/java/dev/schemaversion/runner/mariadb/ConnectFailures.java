package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ConnectFailure;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import java.sql.SQLException;

/** Why no session could be opened. */
final class ConnectFailures {
  /** The driver's own word, which has no code: the server's key would be trusted unseen. */
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
              + " logs in by caching_sha2_password, for which the connection must be encrypted. Set"
              + " spec.database.tls.mode to Require, or better VerifyFull, and give the server a"
              + " certificate; the next attempt takes it.",
          null,
          e);
    }
    return denied ? ConnectFailure.denied(e, target) : ConnectFailure.unreachable(e, target);
  }
}
