package dev.schemaversion.runner.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads the rules of one engine. */
public interface RowRulesReader {
  /**
   * Reads the rules as they are in a session's database.
   *
   * @param schemas the schemas that the migrations own
   */
  RowRules read(Connection session, List<String> schemas) throws SQLException;

  /** Prepares a session of the real database for counting: it cannot write any more. */
  void prepare(Connection real) throws SQLException;

  /**
   * Whether the server refuses rows that break a rule, instead of changing or keeping them.
   *
   * @param real a session of the migrating user
   * @param statements the pending statements, which may set how strict the server is
   */
  boolean isStrict(Connection real, List<String> statements) throws SQLException;
}
