package dev.schemaversion.runner.scratch;

import java.sql.SQLException;
import java.util.List;

/** Creates databases on the scratch server, one at a time, each with the name of the real one. */
public interface ScratchDatabases {
  /**
   * Creates an empty database like the real one. Closing it drops it.
   *
   * @param scripts the SQL that will run on it
   */
  ScratchDatabase open(List<String> scripts) throws SQLException;

  /** Whether the run has a scratch server. */
  default boolean exists() {
    return true;
  }
}
