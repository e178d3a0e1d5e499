package dev.schemaversion.runner.scratch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The scratch server of a run, on which databases like the real one are made and thrown away. */
public interface ScratchServer {
  /**
   * A database as the real one was before its first migration, called like it.
   *
   * @param real a session of the migrating user
   * @param scripts the migrations that will run on it
   */
  ScratchDatabase empty(Connection real, List<String> scripts) throws SQLException;

  /**
   * A copy of the real database's schema and history, called like it.
   *
   * @param real a session of the migrating user
   */
  ScratchDatabase cloned(Connection real) throws SQLException;
}
