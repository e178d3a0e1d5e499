package dev.schemaversion.runner.engine;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/**
 * Extracts from a database error the message that is safe to show: it never contains the content of
 * rows.
 */
public final class SanitizedMessage {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SESSION = Pattern.compile("^\\(conn=[0-9]+\\) ");
  private static final Pattern DUPLICATE = Pattern.compile("'.*'(?= for key)", Pattern.DOTALL);
  private static final Pattern VALUE = Pattern.compile("'.*?'", Pattern.DOTALL);

  private SanitizedMessage() {}

  /** Finds the first database error in a chain of causes. */
  public static Optional<SQLException> find(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /** Returns the SQLState, or an empty text if the error has none. */
  public static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  /**
   * Returns the server's primary message without values, or the driver's message if the error is
   * not from the server.
   */
  public static String of(SQLException e) {
    if (e instanceof PSQLException fromServer && fromServer.getServerErrorMessage() != null) {
      var message = fromServer.getServerErrorMessage().getMessage();
      return state(e).startsWith("22") ? withoutValues(message) : message;
    }
    if (e.getMessage() == null) {
      return e.getClass().getSimpleName();
    }
    return e.getErrorCode() == 0 ? e.getMessage() : ofMariaDb(e);
  }

  /** Removes the session number that the driver adds, and the values. */
  private static String ofMariaDb(SQLException e) {
    var message = SESSION.matcher(e.getMessage()).replaceFirst("");
    return switch (e.getErrorCode()) {
      // duplicate entry, duplicate key
      case 1062, 1586, 1022 -> DUPLICATE.matcher(message).replaceFirst("'…'");
      // wrong value, wrong value for a column or function, wrong string, not in the list
      case 1292, 1366, 1411, 1525, 1265, 3141, 4025 -> VALUE.matcher(message).replaceAll("'…'");
      default -> message;
    };
  }

  /**
   * Removes the value that data exceptions quote: {@code invalid input syntax for type integer: "a
   * row's text"}.
   */
  private static String withoutValues(String message) {
    var what = message.contains(": ") ? message.substring(0, message.indexOf(": ")) : message;
    return QUOTED.matcher(what).replaceAll("\"…\"");
  }
}
