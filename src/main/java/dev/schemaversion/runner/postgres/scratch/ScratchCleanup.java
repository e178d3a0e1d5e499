package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Restores the initial state of the scratch server. Roles and tablespaces belong to the server and
 * outlive the database whose migrations created them; without the cleanup, the next replay would
 * find them.
 */
final class ScratchCleanup {
  private ScratchCleanup() {}

  static void database(Connection own, String name) throws SQLException {
    Sessions.execute(own, "DROP DATABASE IF EXISTS " + Quoted.name(name) + " WITH (FORCE)");
  }

  static void all(Connection own) throws SQLException {
    for (var database :
        Rows.names(
            own,
            "SELECT datname FROM pg_database WHERE datname NOT IN ('template0', 'template1', "
                + Quoted.text(Sessions.SUPERUSER)
                + ")")) {
      database(own, database);
    }
    for (var tablespace :
        Rows.names(own, "SELECT spcname FROM pg_tablespace WHERE spcname !~ '^pg_'")) {
      Sessions.execute(own, "DROP TABLESPACE " + Quoted.name(tablespace));
    }
    var roles =
        Rows.names(
            own,
            "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> "
                + Quoted.text(Sessions.SUPERUSER));
    if (!roles.isEmpty()) {
      // drops rights on server-wide objects, of all roles at once because they grant to each other
      Sessions.execute(own, "DROP OWNED BY " + Quoted.names(roles));
      Sessions.execute(own, "DROP ROLE " + Quoted.names(roles));
    }
  }
}
