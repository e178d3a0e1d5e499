package dev.schemaversion.runner.impact;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Observes the statements that migrations run on a clone, in one session. Not thread-safe. */
public interface StatementWatch {
  /** Is called before the first statement of each script. */
  void begin();

  /**
   * Is called before each statement.
   *
   * @param session the session that will run it
   * @param sql the statement without the comments before it
   */
  void before(Connection session, String sql) throws SQLException;

  /**
   * Is called after each statement that succeeded.
   *
   * @param messages the notices that the server sent to the session meanwhile
   * @return what the statement did to tables that were there before the first script
   */
  List<Observation> after(Connection session, String sql, List<String> messages)
      throws SQLException;

  /**
   * Returns advice about what all scripts together have made, one sentence each.
   *
   * @throws SQLException if the clone cannot be read
   */
  List<String> advice() throws SQLException;
}
