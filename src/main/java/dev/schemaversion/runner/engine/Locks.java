package dev.schemaversion.runner.engine;

import java.sql.SQLException;
import java.util.Optional;

/** Locks that belong to a session and end with it. */
public interface Locks {
  /** Takes the database's run lock; false if another session has it. */
  boolean take() throws SQLException;

  /** Who has the run lock, in words. */
  String holder() throws SQLException;

  /** Who has the lock that any Flyway takes on this history, in words; empty if nobody has. */
  Optional<String> flyway(String schema, String table) throws SQLException;
}
