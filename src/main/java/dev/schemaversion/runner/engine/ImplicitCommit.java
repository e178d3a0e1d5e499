package dev.schemaversion.runner.engine;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is to be known of a kind of database whose statements commit by themselves, so that a script
 * that dies may be half done.
 */
public interface ImplicitCommit {
  /** What a statement leaves behind. */
  enum Effect {
    /** It changes the schema, and commits itself and all before it. */
    SCHEMA,
    /** It changes rows, in the transaction that is open. */
    ROWS,
    /** It changes nothing that outlives the session. */
    SESSION,
    /** Anything: it may commit, or do what neither schema nor transaction shows. */
    OTHER
  }

  /** What a statement leaves behind. */
  Effect effect(String sql);

  /** Whether a change of rows is rolled back together with its transaction, in every table. */
  boolean rowsRollBack(Connection session) throws SQLException;

  /**
   * Whether a crash of the server may take back what was committed last, such as the row which says
   * that a script was begun.
   */
  boolean mayForget(Connection session) throws SQLException;

  /**
   * Whether all tables share the history's log, so that a crash which takes that row back takes
   * back all changes of rows that came after it.
   */
  boolean forgetsInOrder(Connection session) throws SQLException;
}
