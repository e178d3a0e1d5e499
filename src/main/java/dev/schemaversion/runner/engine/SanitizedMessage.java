package dev.schemaversion.runner.engine;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** What an error of the database may be quoted with: never a row's content. */
public final class SanitizedMessage {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SESSION = Pattern.compile("^\\(conn=[0-9]+\\) ");
  private static final Pattern DUPLICATE = Pattern.compile("'.*'(?= for key)", Pattern.DOTALL);
  private static final Pattern VALUE = Pattern.compile("'.*?'", Pattern.DOTALL);

  private SanitizedMessage() {}

  /** The first error of the database in a chain of causes. */
  public static Optional<SQLException> find(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /** SQL's five characters; empty text where there are none. */
  public static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  /** The server's primary message, or the driver's own where no server was involved. */
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

  /** Without the driver's number of the session, and without values. */
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
   * Data exceptions quote the value: {@code invalid input syntax for type integer: "a row's text"}.
   */
  private static String withoutValues(String message) {
    var what = message.contains(": ") ? message.substring(0, message.indexOf(": ")) : message;
    return QUOTED.matcher(what).replaceAll("\"…\"");
  }
}
