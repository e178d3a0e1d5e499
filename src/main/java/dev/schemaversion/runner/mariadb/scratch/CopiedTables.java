package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.scratch.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of the real database whose rows can be copied, as the catalog lists them.
 *
 * @param all the tables
 * @param binary the columns whose bytes are copied and not their text, as {@code table.column}
 */
record CopiedTables(List<RowTable> all, Set<String> binary) {
  private static final String BINARY =
      "'bit', 'binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'geometry',"
          + " 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon',"
          + " 'geometrycollection', 'geomcollection', 'vector'";

  /**
   * Reads the catalog.
   *
   * @param historyTable is not among them, in any case of its letters
   */
  static CopiedTables read(Connection real, String historyTable) throws SQLException {
    var columns = columns(real);
    var references = references(real);
    var tables =
        Rows.of(
                real,
                """
                SELECT table_schema, table_name,
                  COALESCE(data_length, 0) + COALESCE(index_length, 0)
                FROM information_schema.tables
                WHERE table_schema = DATABASE()
                  AND (table_type LIKE '%TABLE' OR table_type = 'SYSTEM VERSIONED')
                ORDER BY table_name
                """,
                row ->
                    new RowTable(
                        row.getString(1),
                        row.getString(2),
                        Quoted.name(row.getString(2)),
                        row.getLong(3),
                        columns.getOrDefault(row.getString(2), List.of()),
                        List.of(),
                        references.getOrDefault(row.getString(2), List.of())))
            .stream()
            .filter(table -> !table.name().equalsIgnoreCase(historyTable))
            .toList();
    return new CopiedTables(tables, binaryColumns(real));
  }

  private static Set<String> binaryColumns(Connection real) throws SQLException {
    return Set.copyOf(
        Rows.names(
            real,
            """
            SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns
            WHERE table_schema = DATABASE() AND data_type IN (%s)
            """
                .formatted(BINARY)));
  }

  /** The columns that can be written, by table. */
  private static Map<String, List<String>> columns(Connection real) throws SQLException {
    return byTable(
        real,
        """
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = DATABASE()
          AND extra NOT REGEXP '(VIRTUAL|STORED|PERSISTENT) GENERATED'
        ORDER BY table_name, ordinal_position
        """);
  }

  /** The tables to which foreign keys refer, by table. */
  private static Map<String, List<String>> references(Connection real) throws SQLException {
    return byTable(
        real,
        """
        SELECT DISTINCT table_name, CONCAT(referenced_table_schema, '.', referenced_table_name)
        FROM information_schema.key_column_usage
        WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL
        """);
  }

  private static Map<String, List<String>> byTable(Connection real, String sql)
      throws SQLException {
    var byTable = new LinkedHashMap<String, List<String>>();
    for (var row : Rows.of(real, sql, each -> List.of(each.getString(1), each.getString(2)))) {
      byTable.merge(
          row.getFirst(),
          List.of(row.getLast()),
          (one, other) -> {
            var both = new ArrayList<>(one);
            both.addAll(other);
            return both;
          });
    }
    return byTable;
  }

  /** Of each column of a table, whether its bytes are copied. */
  List<Boolean> isBinary(RowTable table) {
    return table.columns().stream()
        .map(column -> binary.contains(table.name() + "." + column))
        .toList();
  }
}
