package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.Outcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Builds the failures for sessions that cannot be opened. */
public final class ConnectFailure {
  private ConnectFailure() {}

  /** The server answers and denies the user access. */
  public static RunFailure denied(SQLException e, Target target) {
    return new RunFailure(
        Outcome.ACCESS_DENIED,
        "The server at "
            + target.address()
            + " denies user “"
            + target.user()
            + "” access to database “"
            + target.database()
            + "”: "
            + SanitizedMessage.of(e)
            + suffix(e)
            + ". Correct the Secret of spec.database.secretRef or the user's rights; the next attempt uses them.",
        null,
        e);
  }

  /** The server does not answer, or does not answer as a database server. */
  public static RunFailure unreachable(SQLException e, Target target) {
    return new RunFailure(
        Outcome.DATABASE_UNREACHABLE,
        "Cannot connect to "
            + target.address()
            + ": "
            + reason(e)
            + suffix(e)
            + ". The operator retries; check that host and port are correct and that the"
            + " database is running and reachable from this namespace.",
        null,
        e);
  }

  /** Returns the SQLState in parentheses, or an empty text if the error has none. */
  public static String suffix(SQLException e) {
    var state = SanitizedMessage.state(e);
    return state.isEmpty() ? "" : " (SQLState " + state + ")";
  }

  private static String reason(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException unknown -> {
          return "unknown host name";
        }
        case NoRouteToHostException none -> {
          return "no route to host";
        }
        case ConnectException refused -> {
          return "connection refused";
        }
        case SocketTimeoutException late -> {
          return "the connection timed out";
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
