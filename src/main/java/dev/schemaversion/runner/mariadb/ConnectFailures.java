package dev.schemaversion.runner.mariadb;

import dev.schemaversion.runner.engine.ConnectFailure;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import java.sql.SQLException;

/** Why no session could be opened. */
final class ConnectFailures {
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
    return denied ? ConnectFailure.denied(e, target) : ConnectFailure.unreachable(e, target);
  }
}
