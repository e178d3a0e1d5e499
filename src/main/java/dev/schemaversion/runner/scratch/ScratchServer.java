package dev.schemaversion.runner.scratch;

import dev.schemaversion.runner.scratch.rows.RowCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
   * @param rows copies rows of other tables too; empty for a copy without them
   */
  ScratchDatabase cloned(Connection real, Optional<RowCopy> rows) throws SQLException;
}
