package dev.schemaversion.runner.engine;

import java.sql.SQLException;
import java.util.Optional;

/** Locks that belong to a session and end with it. */
public interface Locks {
  /** Tries to acquire the run lock of the database; returns false if another session holds it. */
  boolean take() throws SQLException;

  /** Describes the session that holds the run lock. */
  String holder() throws SQLException;

  /**
   * Describes the session that holds Flyway's own lock on this history table; empty if no session
   * holds it.
   */
  Optional<String> flyway(String schema, String table) throws SQLException;
}
