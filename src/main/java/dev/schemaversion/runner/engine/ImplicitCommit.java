package dev.schemaversion.runner.engine;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Describes an engine whose statements commit implicitly, so that a failed script may be half done.
 */
public interface ImplicitCommit {
  /** The lasting effect of a statement. */
  enum Effect {
    /** Changes the schema, and commits itself and all statements before it. */
    SCHEMA,
    /** Changes rows in the open transaction. */
    ROWS,
    /** Changes nothing that outlives the session. */
    SESSION,
    /**
     * Unknown: the statement may commit, or have an effect that neither the schema nor the
     * transaction shows.
     */
    OTHER
  }

  /** Returns the lasting effect of a statement. */
  Effect effect(String sql);

  /** Whether every table rolls changes of rows back together with their transaction. */
  boolean rowsRollBack(Connection session) throws SQLException;

  /**
   * Whether a crash of the server may lose the last commits, such as the row that records the start
   * of a script.
   */
  boolean mayLoseCommits(Connection session) throws SQLException;

  /**
   * Whether all tables share the log of the history table, so that a crash that loses that row also
   * loses all later changes of rows.
   */
  boolean losesCommitsInOrder(Connection session) throws SQLException;
}
