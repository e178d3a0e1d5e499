package dev.schemaversion.runner.engine;

import java.sql.SQLException;

/** What a server said, without the details and contexts that quote more than names. */
public final class SanitizedMessages {
  private SanitizedMessages() {}

  /** The message, with the SQLState where there is one. */
  public static String of(Throwable thrown) {
    var said = thrown instanceof SQLException e ? SanitizedMessage.of(e) : thrown.getMessage();
    var state = thrown instanceof SQLException e && e.getSQLState() != null ? e.getSQLState() : "";
    return (said == null ? thrown.getClass().getSimpleName() : said)
        + (state.isEmpty() ? "" : " (SQLState " + state + ")");
  }
}
