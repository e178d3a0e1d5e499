package dev.schemaversion.runner.engine;

import java.sql.SQLException;
import java.util.List;

/** The sessions that other programs have opened with the same user on the same database. */
public interface OtherSessions {
  /**
   * A session.
   *
   * @param id identifies it as long as the server runs
   * @param executes whether it executes a statement now
   * @param description the server's number of it, its program, and for how long it has executed
   * @param ending the statement that ends it
   */
  record Session(String id, boolean executes, String description, String ending) {}

  /** Reads the sessions as they are now. */
  List<Session> list() throws SQLException;
}
