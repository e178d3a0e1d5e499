package dev.schemaversion.runner.mariadb.impact;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The numbers that InnoDB has given to a table and to its indexes: a table that is rewritten gets a
 * new one, and so does an index that is built.
 *
 * @param tables the number of the table, or of each of its partitions, by name; empty if it is
 *     another engine's, or called in another way by InnoDB
 * @param indexes the numbers of the indexes
 */
record TableFiles(Map<String, Long> tables, Set<Long> indexes) {
  private static final String OF_MARIADB =
      """
      SELECT t.name, t.table_id, i.index_id FROM information_schema.innodb_sys_tables t
      JOIN information_schema.innodb_sys_indexes i ON i.table_id = t.table_id
      WHERE t.name = CONCAT(DATABASE(), '/', ?)
        OR LOWER(t.name) LIKE CONCAT(LOWER(DATABASE()), '/%#p#%')
      """;

  private static final String OF_MYSQL =
      OF_MARIADB
          .replace("innodb_sys_tables", "innodb_tables")
          .replace("innodb_sys_indexes", "innodb_indexes");

  static TableFiles read(Connection clone, String table) throws SQLException {
    boolean mariaDb = clone.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    var partition = "/" + table.toLowerCase(Locale.ROOT) + "#p#";
    try (var query = clone.prepareStatement(mariaDb ? OF_MARIADB : OF_MYSQL)) {
      query.setString(1, table);
      try (var rows = query.executeQuery()) {
        var tables = new HashMap<String, Long>();
        var indexes = new HashSet<Long>();
        while (rows.next()) {
          var name = rows.getString(1);
          if (name.endsWith("/" + table) || name.toLowerCase(Locale.ROOT).contains(partition)) {
            tables.put(name, rows.getLong(2));
            indexes.add(rows.getLong(3));
          }
        }
        return new TableFiles(tables, indexes);
      }
    }
  }

  /** Whether rows were written anew. */
  boolean isRewritten(TableFiles before) {
    boolean isAnother =
        tables.entrySet().stream()
            .anyMatch(
                each ->
                    before.tables.containsKey(each.getKey())
                        && !each.getValue().equals(before.tables.get(each.getKey())));
    return isAnother || (hasMore(this, before) && hasMore(before, this));
  }

  /** Whether neither rows nor an index were written; partitions may have come or gone. */
  boolean isUntouched(TableFiles before) {
    return !tables.isEmpty()
        && !before.tables.isEmpty()
        && !isRewritten(before)
        && (hasMore(this, before) || before.indexes.containsAll(indexes));
  }

  private static boolean hasMore(TableFiles one, TableFiles other) {
    return !other.tables.keySet().containsAll(one.tables.keySet());
  }
}
