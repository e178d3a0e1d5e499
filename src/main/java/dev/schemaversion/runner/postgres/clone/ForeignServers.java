package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Ways out of a clone. A dump has the passwords for other servers, and a rehearsal that used them
 * would write there.
 */
final class ForeignServers {
  private ForeignServers() {}

  static void forgetCredentials(Connection clone) throws SQLException {
    for (var forget :
        Rows.names(
            clone,
            """
            SELECT format('ALTER USER MAPPING FOR %s SERVER %I OPTIONS (%s)',
              CASE WHEN umuser = 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname,
              (SELECT string_agg(format('DROP %I', option_name), ', ')
               FROM pg_options_to_table(umoptions)))
            FROM pg_user_mappings WHERE umoptions IS NOT NULL
            """)) {
      Sessions.execute(clone, forget);
    }
  }
}
