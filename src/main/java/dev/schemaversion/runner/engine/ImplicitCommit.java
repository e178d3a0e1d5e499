package dev.schemaversion.runner.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Describes which scripts an engine does not roll back as a whole, so that a failed one may be half
 * done, and what their statements leave.
 */
public interface ImplicitCommit {
  /** The lasting effect of a statement. */
  enum Effect {
    /** Changes the schema, and commits itself and all statements before it. */
    SCHEMA,
    /** Changes rows; whether they roll back, {@link #rowsRollBack} says. */
    ROWS,
    /** Changes nothing that outlives the session, or nothing that a repetition would harm. */
    SESSION,
    /**
     * Unknown: the statement may commit, or have an effect that neither the schema nor the
     * transaction shows.
     */
    OTHER
  }

  /**
   * Returns why a script may be half done when it fails, as a clause that follows “it did not
   * finish, and”; empty if the script rolls back together with its row in the history table.
   *
   * @param statements the statements of the script, without the comments before them
   * @param inTransaction whether the script runs in a transaction
   */
  Optional<String> reason(List<String> statements, boolean inTransaction);

  /** Returns the lasting effect of a statement. */
  Effect effect(String sql);

  /**
   * Whether a script that failed has left nothing, because the server has rolled back all of it.
   *
   * @param done the statements that succeeded
   * @param failed the statement that failed
   * @param inTransaction whether the script ran in a transaction
   */
  boolean leftNothing(List<String> done, String failed, boolean inTransaction);

  /** Whether every table rolls changes of rows back together with their transaction. */
  boolean rowsRollBack(Connection session) throws SQLException;

  /**
   * Whether a crash of the server may lose the row that records the start of a script, and keep
   * what the script did after it.
   */
  boolean mayLoseCommits(Connection session) throws SQLException;

  /**
   * Whether all tables share the log of the history table, so that a crash that loses that row also
   * loses all later changes of rows.
   */
  boolean losesCommitsInOrder(Connection session) throws SQLException;

  /** Whether a transaction of this session is open, whose changes no other session sees. */
  boolean isInTransaction(Connection session) throws SQLException;

  /** Restores what the runner needs of a session after a script has used it. */
  interface SessionState {
    /** Restores it in the open transaction. */
    void restore() throws SQLException;
  }

  /** Notes what the runner needs of this session. */
  SessionState keep(Connection session) throws SQLException;
}
