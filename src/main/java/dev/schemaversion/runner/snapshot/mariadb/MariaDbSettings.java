package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.InconsistentRead;
import dev.schemaversion.runner.snapshot.Line;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the character set of the database, and the settings of the server that every new session
 * gets. What only the migrating session sets does not count.
 */
final class MariaDbSettings {
  private static final String OF_DATABASE =
      """
      SELECT 'character_set_database', DEFAULT_CHARACTER_SET_NAME FROM information_schema.SCHEMATA
        WHERE SCHEMA_NAME = DATABASE()
      UNION ALL SELECT 'collation_database', DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA
        WHERE SCHEMA_NAME = DATABASE()""";

  private static final String OF_SERVER =
      """
      SHOW GLOBAL VARIABLES WHERE Variable_name IN ('lower_case_table_names', 'sql_mode',
        'time_zone', 'default_storage_engine', 'explicit_defaults_for_timestamp')""";

  private MariaDbSettings() {}

  static List<Line> read(MariaDbSession session) throws SQLException, InconsistentRead {
    var ofDatabase =
        session.list(
            OF_DATABASE, row -> Line.setting(row.getString(1), character(row.getString(2))));
    var ofServer =
        session.list(
            OF_SERVER,
            row -> {
              var name = row.getString(1);
              var value = row.getString(2);
              return Line.setting(
                  name, name.equals("sql_mode") ? MariaDbPrograms.effective(value) : value);
            });
    return Stream.concat(ofDatabase.stream(), ofServer.stream()).sorted().toList();
  }

  /** Newer versions write utf8mb3 for what older ones call utf8. */
  private static String character(String set) {
    return set.replaceFirst("^utf8(?=_|$)", "utf8mb3");
  }
}
