package dev.schemaversion.runner.engine;

import java.sql.SQLException;

/** What kind of error a database's error is: told by its codes, never by its text. */
public enum Trouble {
  /** The session is gone, or the server is about to be. */
  CONNECTION,
  /** The user may not do that. */
  DENIED,
  /** Waited too long for a lock of another session. */
  LOCK_TIMEOUT,
  /** The victim of a deadlock. */
  DEADLOCK,
  /** The server lacks memory or room. */
  RESOURCES,
  /** Anything else: what was asked for cannot be done. */
  STATEMENT;

  /** The kind of this error. */
  public static Trouble of(SQLException e) {
    return ofState(ServerMessage.state(e));
  }

  private static Trouble ofState(String state) {
    return switch (state) {
      case "55P03" -> LOCK_TIMEOUT;
      case "40P01" -> DEADLOCK;
      case "42501" -> DENIED;
      default -> {
        if (state.startsWith("08") || state.startsWith("57P")) {
          yield CONNECTION;
        }
        yield state.startsWith("53") || state.startsWith("58030") ? RESOURCES : STATEMENT;
      }
    };
  }
}
