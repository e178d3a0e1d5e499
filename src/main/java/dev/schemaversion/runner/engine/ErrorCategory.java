package dev.schemaversion.runner.engine;

import java.sql.SQLException;

/** What kind of error a database's error is: told by its codes, never by its text. */
public enum ErrorCategory {
  /** The session is gone, or the server is about to be. */
  CONNECTION,
  /** The user may not do that. */
  DENIED,
  /** Waited too long for a lock of another session. */
  LOCK_TIMEOUT,
  /** The victim of a deadlock. */
  DEADLOCK,
  /** Took longer than a statement may, or was cancelled. */
  STATEMENT_TIMEOUT,
  /** The server lacks memory or room. */
  RESOURCES,
  /** Anything else: what was asked for cannot be done. */
  STATEMENT;

  /** The kind of this error. */
  public static ErrorCategory of(SQLException e) {
    var state = SanitizedMessage.state(e);
    // Only MariaDB's and MySQL's errors have numbers.
    return e.getErrorCode() == 0 || state.startsWith("08") ? ofState(state) : ofNumber(e);
  }

  private static ErrorCategory ofState(String state) {
    return switch (state) {
      case "55P03" -> LOCK_TIMEOUT;
      case "40P01" -> DEADLOCK;
      case "42501" -> DENIED;
      case "57014" -> STATEMENT_TIMEOUT;
      default -> {
        if (state.startsWith("08") || state.startsWith("57P")) {
          yield CONNECTION;
        }
        yield state.startsWith("53") || state.startsWith("58030") ? RESOURCES : STATEMENT;
      }
    };
  }

  private static ErrorCategory ofNumber(SQLException e) {
    return switch (e.getErrorCode()) {
      case 1205 -> LOCK_TIMEOUT;
      case 1213 -> DEADLOCK;
      // cancelled by somebody, MariaDB's and MySQL's own limit
      case 1317, 1969, 3024 -> STATEMENT_TIMEOUT;
      // shutdown, killed, aborted, gone away, lost
      case 1053, 1927, 1152, 2006, 2013 -> CONNECTION;
      // database, user, table, column, privilege, routine, grant
      case 1044, 1045, 1142, 1143, 1227, 1370, 1410 -> DENIED;
      // disk, memory, sort memory, out of memory, table full, no thread
      case 1021, 1037, 1038, 1041, 1114, 1135 -> RESOURCES;
      default -> STATEMENT;
    };
  }
}
