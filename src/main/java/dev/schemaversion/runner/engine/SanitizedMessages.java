package dev.schemaversion.runner.engine;

import java.sql.SQLException;

/**
 * Formats any error for messages: a database error without the details and contexts that quote
 * rows.
 */
public final class SanitizedMessages {
  private SanitizedMessages() {}

  /** Returns the message, followed by the SQLState if the error has one. */
  public static String of(Throwable thrown) {
    var message = thrown instanceof SQLException e ? SanitizedMessage.of(e) : thrown.getMessage();
    var state = thrown instanceof SQLException e && e.getSQLState() != null ? e.getSQLState() : "";
    return (message == null ? thrown.getClass().getSimpleName() : message)
        + (state.isEmpty() ? "" : " (SQLState " + state + ")");
  }
}
