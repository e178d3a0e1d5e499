package dev.schemaversion.runner.scratch;

import java.sql.SQLException;
import java.util.List;

/** Gives databases on the scratch server, one at a time: each is called like the real one. */
public interface ScratchDatabases {
  /**
   * A new database like the real one. Closing it drops it.
   *
   * @param scripts the SQL that will run on it
   */
  ScratchDatabase open(List<String> scripts) throws SQLException;

  /** Whether there is a scratch server at all. */
  default boolean exists() {
    return true;
  }
}
