package dev.schemaversion.runner.postgres;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.ServerMessage;
import dev.schemaversion.runner.engine.Target;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Why no session could be opened. */
final class ConnectFailures {
  private ConnectFailures() {}

  static RunFailure explain(SQLException e, Target target) {
    var state = ServerMessage.state(e);
    // 08004 is the driver's "rejected": no password where one is asked for, no TLS where it must be
    boolean denied =
        state.startsWith("28")
            || state.equals("3D000")
            || state.equals("42501")
            || state.equals("08004");
    if (denied) {
      return new RunFailure(
          Outcome.ACCESS_DENIED,
          "The server at "
              + target.address()
              + " does not let user “"
              + target.user()
              + "” into database “"
              + target.database()
              + "”: "
              + ServerMessage.of(e)
              + suffix(state)
              + ". Correct the Secret, or the user's rights; the next attempt takes it.",
          null,
          e);
    }
    return new RunFailure(
        Outcome.DATABASE_UNREACHABLE,
        "No connection to "
            + target.address()
            + ": "
            + reason(e)
            + suffix(state)
            + ". It is tried again; check that host and port are right and that the database runs"
            + " and can be reached from this namespace.",
        null,
        e);
  }

  static RuntimeException role(SQLException e, Target target) throws SQLException {
    var state = ServerMessage.state(e);
    if (state.equals("42501") || state.equals("22023")) {
      return new RunFailure(
          Outcome.ACCESS_DENIED,
          "User “"
              + target.user()
              + "” cannot take on the role “"
              + target.role().orElseThrow()
              + "” of spec.database.role: "
              // not ServerMessage.of: the only value this statement has is the role's name
              + (state.equals("22023") ? "it does not exist" : ServerMessage.of(e))
              + suffix(state)
              + ". Create the role or GRANT it to the user; the next attempt takes it.",
          null,
          e);
    }
    throw e;
  }

  private static String reason(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException unknown -> {
          return "this host name is not known";
        }
        case NoRouteToHostException none -> {
          return "there is no route to the host";
        }
        case ConnectException refused -> {
          return "connection refused";
        }
        case SocketTimeoutException late -> {
          return "no answer in time";
        }
        case SSLException tls -> {
          return "TLS failed: " + tls.getMessage();
        }
        default -> {}
      }
    }
    return ServerMessage.of(e);
  }

  private static String suffix(String state) {
    return state.isEmpty() ? "" : " (SQLState " + state + ")";
  }
}
