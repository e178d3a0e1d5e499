package dev.schemaversion.runner.engine;

import java.sql.SQLException;

/** Classifies a database error by its codes, never by its text. */
public enum ErrorCategory {
  /** The connection is lost, or the server is shutting down. */
  CONNECTION,
  /** The user lacks a right. */
  DENIED,
  /** The session waited too long for a lock of another session. */
  LOCK_TIMEOUT,
  /** The session was chosen as the victim of a deadlock. */
  DEADLOCK,
  /** The statement exceeded its timeout or was cancelled. */
  STATEMENT_TIMEOUT,
  /** The server lacks memory or disk space. */
  RESOURCES,
  /** Any other error: the statement itself is at fault. */
  STATEMENT;

  /** Returns the category of this error. */
  public static ErrorCategory of(SQLException e) {
    var state = SanitizedMessage.state(e);
    // Only errors of MariaDB and MySQL have a number.
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
      // cancelled; the statement timeouts of MariaDB and of MySQL
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
