package dev.schemaversion.runner.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The other sessions for which one session waits. */
@FunctionalInterface
public interface Blockers {
  /**
   * Describes the sessions, in the order of the server; an empty list if it waits for none.
   *
   * @param looking another session, in auto-commit mode
   */
  List<String> describe(Connection looking) throws SQLException;
}
