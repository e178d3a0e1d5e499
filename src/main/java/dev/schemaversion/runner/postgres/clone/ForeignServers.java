package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Removes access to foreign servers from a clone. A dump contains the passwords of user mappings,
 * and a rehearsal that used them would write to those servers.
 */
final class ForeignServers {
  private ForeignServers() {}

  static void dropCredentials(Connection clone) throws SQLException {
    for (var drop :
        Rows.names(
            clone,
            """
            SELECT format('ALTER USER MAPPING FOR %s SERVER %I OPTIONS (%s)',
              CASE WHEN umuser = 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname,
              (SELECT string_agg(format('DROP %I', option_name), ', ')
               FROM pg_options_to_table(umoptions)))
            FROM pg_user_mappings WHERE umoptions IS NOT NULL
            """)) {
      Sessions.execute(clone, drop);
    }
  }
}
