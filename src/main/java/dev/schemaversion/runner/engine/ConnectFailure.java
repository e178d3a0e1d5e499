package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.Outcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** What is said where no session can be opened. */
public final class ConnectFailure {
  private ConnectFailure() {}

  /** The server answers and does not let the user in. */
  public static RunFailure denied(SQLException e, Target target) {
    return new RunFailure(
        Outcome.ACCESS_DENIED,
        "The server at "
            + target.address()
            + " does not let user “"
            + target.user()
            + "” into database “"
            + target.database()
            + "”: "
            + SanitizedMessage.of(e)
            + suffix(e)
            + ". Correct the Secret, or the user's rights; the next attempt takes it.",
        null,
        e);
  }

  /** Nobody answers, or not as a server should. */
  public static RunFailure unreachable(SQLException e, Target target) {
    return new RunFailure(
        Outcome.DATABASE_UNREACHABLE,
        "No connection to "
            + target.address()
            + ": "
            + reason(e)
            + suffix(e)
            + ". It is tried again; check that host and port are right and that the database runs"
            + " and can be reached from this namespace.",
        null,
        e);
  }

  /** The SQLState in brackets, if there is one. */
  public static String suffix(SQLException e) {
    var state = SanitizedMessage.state(e);
    return state.isEmpty() ? "" : " (SQLState " + state + ")";
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
    return SanitizedMessage.of(e);
  }
}
