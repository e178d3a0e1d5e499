package dev.schemaversion.runner.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The indexes that an interrupted concurrent build leaves behind: they are in the catalog, slow
 * down each write, and answer no query.
 */
public interface InvalidIndexes {
  /**
   * One index.
   *
   * @param table the qualified name of its table, as the snapshot quotes it
   * @param name the name of the index, as the snapshot quotes it
   * @param qualified the qualified name for SQL
   */
  record Index(String table, String name, String qualified) {}

  /**
   * Whether a script consists of nothing but statements that build and drop indexes concurrently,
   * so that it may run again once the invalid ones are dropped.
   */
  boolean areAllOf(List<String> statements);

  /** Lists the invalid indexes that these statements build, by their names. */
  List<Index> leftBy(List<String> statements, Connection session, List<String> schemas)
      throws SQLException;

  /** Returns the statement that drops an index without blocking other sessions. */
  String drop(Index index);
}
