package dev.schemaversion.runner.mariadb;

import dev.schemaversion.runner.engine.Blockers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a session waits for, as the process list says. Who holds the lock is not in there, and the
 * tables that have it need rights or a plugin; so the user's own other sessions that are in a
 * transaction or execute a statement are not singled out.
 *
 * @param id the server's number of the session that waits
 */
record MariaDbBlockers(long id) implements Blockers {
  private static final String STATE =
      "SELECT state FROM information_schema.processlist WHERE id = ? AND state LIKE 'Waiting for%lock'";

  @Override
  public List<String> describe(Connection looking) throws SQLException {
    var states = new ArrayList<String>();
    try (var statement = looking.prepareStatement(STATE)) {
      statement.setLong(1, id);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          states.add("the server says \"" + rows.getString(1) + "\"");
        }
      }
    }
    return states;
  }
}
