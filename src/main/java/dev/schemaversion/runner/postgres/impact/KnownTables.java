package dev.schemaversion.runner.postgres.impact;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.impact.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables and materialized views that were there before the migrations. */
final class KnownTables {
  private static final String QUERY =
      """
      SELECT c.oid::bigint, n.nspname, c.relname, rn.nspname, r.relname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_class r ON c.relispartition AND r.oid = pg_partition_root(c.oid)
      LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
        AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
      """;

  private static final String FILES =
      "SELECT oid::pg_catalog.int8, pg_catalog.pg_relation_filenode(oid)::pg_catalog.int8"
          + " FROM pg_catalog.pg_class";

  /**
   * A table as it was before.
   *
   * @param root the partitioned table above all; the table itself if it is no partition
   */
  record Table(TableName name, TableName root) {}

  private final Map<Long, Table> tables = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final Map<Long, Long> files = new HashMap<>();

  static KnownTables read(Connection clone) throws SQLException {
    var known = new KnownTables();
    Rows.of(
        clone,
        QUERY,
        row -> {
          var name = new TableName(row.getString(2), row.getString(3));
          var root =
              row.getString(4) == null ? name : new TableName(row.getString(4), row.getString(5));
          known.tables.put(row.getLong(1), new Table(name, root));
          known.names.put(row.getLong(1), name.name());
          return name;
        });
    return known;
  }

  Table get(long oid) {
    return tables.get(oid);
  }

  /** Remembers how a table is called now; null if it was dropped. */
  void rename(long oid, String name) {
    if (tables.containsKey(oid)) {
      names.put(oid, name);
    }
  }

  /** Finds the tables that have a name now, in whatever schema. */
  List<Long> named(String name) {
    return names.entrySet().stream()
        .filter(entry -> name.equals(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the tables whose rows are in another file than when this was asked last. */
  List<Long> moved(Connection session) throws SQLException {
    var moved = new ArrayList<Long>();
    Rows.of(
        session,
        FILES,
        row -> {
          long oid = row.getLong(1);
          long file = row.getLong(2);
          if (tables.containsKey(oid) && !Long.valueOf(file).equals(files.put(oid, file))) {
            moved.add(oid);
          }
          return oid;
        });
    return moved;
  }
}
