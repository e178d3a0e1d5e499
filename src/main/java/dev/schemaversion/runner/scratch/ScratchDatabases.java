package dev.schemaversion.runner.scratch;

import dev.schemaversion.runner.flyway.Migrations;
import java.sql.SQLException;

/** Creates databases on the scratch server, one at a time, each with the name of the real one. */
public interface ScratchDatabases {
  /**
   * Creates an empty database like the real one. Closing it drops it.
   *
   * @param migrations the migrations that will run on it
   */
  ScratchDatabase open(Migrations migrations) throws SQLException;

  /** Whether the run has a scratch server. */
  default boolean exists() {
    return true;
  }
}
