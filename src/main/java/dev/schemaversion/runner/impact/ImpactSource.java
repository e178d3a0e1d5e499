package dev.schemaversion.runner.impact;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** How an engine finds out what migrations do to tables. */
public interface ImpactSource {
  /**
   * Begins to watch a clone.
   *
   * @param clone a session that can read everything
   */
  StatementWatch watch(Connection clone) throws SQLException;

  /**
   * Reads the sizes of tables in the real database. A table that does not exist there has none.
   *
   * @throws SQLException also if another session has locked one of them for too long
   */
  Map<TableName, TableSize> sizes(Connection real, Collection<TableName> tables)
      throws SQLException;
}
