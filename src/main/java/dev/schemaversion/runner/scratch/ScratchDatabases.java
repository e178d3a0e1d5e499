package dev.schemaversion.runner.scratch;

import dev.schemaversion.runner.flyway.Migrations;
import java.sql.SQLException;

/** Gives databases on the scratch server, one at a time: each is called like the real one. */
public interface ScratchDatabases {
  /**
   * A new database like the real one. Closing it drops it.
   *
   * @param migrations what will run on it
   */
  ScratchDatabase open(Migrations migrations) throws SQLException;

  /** Whether there is a scratch server at all. */
  default boolean exists() {
    return true;
  }
}
