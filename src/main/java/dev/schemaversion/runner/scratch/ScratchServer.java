package dev.schemaversion.runner.scratch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The scratch server of a run, which holds temporary databases like the real one. */
public interface ScratchServer {
  /**
   * Creates a database like the real one before its first migration, with the same name.
   *
   * @param real a session of the migrating user
   * @param scripts the migrations that will run on it
   */
  ScratchDatabase empty(Connection real, List<String> scripts) throws SQLException;

  /**
   * Creates a copy of the real database's schema and history table, with the same name.
   *
   * @param real a session of the migrating user
   */
  ScratchDatabase cloned(Connection real) throws SQLException;
}
