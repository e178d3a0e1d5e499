package dev.schemaversion.runner.mariadb;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.scratch.rows.RowCopy;
import dev.schemaversion.runner.scratch.rows.RowTable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copies rows of a MariaDB or MySQL database into its clone, before it has triggers. */
final class MariaDbRows implements RowCopy.Transfer {
  private static final int BATCH_ROWS = 500;
  private static final int BATCH_BYTES = 1 << 20;

  /** Their bytes are copied, other values as text. */
  private static final String BINARY =
      "'bit', 'binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'geometry',"
          + " 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon',"
          + " 'geometrycollection', 'geomcollection', 'vector'";

  private final Connection clone;
  private final String historyTable;
  private final Set<String> binary = new HashSet<>();

  /**
   * Creates the copy into a clone.
   *
   * @param clone a session with the clone
   */
  MariaDbRows(Connection clone, String historyTable) {
    this.clone = clone;
    this.historyTable = historyTable;
  }

  @Override
  public List<RowTable> begin(Connection real) throws SQLException {
    real.setAutoCommit(false);
    ScratchSessions.execute(
        real,
        List.of(
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "SET SESSION sql_mode = '', time_zone = '+00:00'",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"));
    var columns = columns(real);
    var references = references(real);
    return Rows.of(
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
  }

  /** The columns that can be written, quoted, by table. */
  private Map<String, List<String>> columns(Connection real) throws SQLException {
    binary.addAll(
        Rows.names(
            real,
            """
            SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns
            WHERE table_schema = DATABASE() AND data_type IN (%s)
            """
                .formatted(BINARY)));
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

  @Override
  public void prepare() throws SQLException {
    clone.setAutoCommit(false);
    ScratchSessions.execute(
        clone,
        List.of(
            "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00',"
                + " foreign_key_checks = 0 /*M!, check_constraint_checks = 0 */"));
  }

  @Override
  public void copy(Connection real, RowTable table, RowCopy progress)
      throws SQLException, RowCopy.ReadFailed {
    if (table.columns().isEmpty()) {
      return;
    }
    var names = table.columns().stream().map(Quoted::name).toList();
    var columns = String.join(", ", names);
    var isBinary =
        table.columns().stream().map(name -> binary.contains(table.name() + "." + name)).toList();
    var values = String.join(", ", names.stream().map(any -> "?").toList());
    var sql = "INSERT INTO " + table.sql() + " (" + columns + ") VALUES (" + values + ")";
    try (var insert = clone.prepareStatement(sql);
        var rows = new Reading(real, "SELECT " + columns + " FROM " + table.sql(), isBinary)) {
      int count = 0;
      long size = 0;
      for (var row = rows.next(); row != null; row = rows.next()) {
        var bytes = add(insert, row);
        progress.copied(bytes);
        count++;
        size += bytes;
        if (count == BATCH_ROWS || size > BATCH_BYTES) {
          insert.executeBatch();
          count = 0;
          size = 0;
        }
      }
      if (count > 0) {
        insert.executeBatch();
      }
      clone.commit();
    }
  }

  /** Adds a row to the batch and returns its size. */
  private static long add(PreparedStatement insert, Object[] row) throws SQLException {
    long size = 0;
    for (int i = 0; i < row.length; i++) {
      if (row[i] instanceof byte[] bytes) {
        insert.setBytes(i + 1, bytes);
        size += bytes.length;
      } else {
        insert.setString(i + 1, (String) row[i]);
        size += row[i] == null ? 0 : ((String) row[i]).getBytes(StandardCharsets.UTF_8).length;
      }
    }
    insert.addBatch();
    return size;
  }

  /** The rows of a query, read as they are needed. */
  private static final class Reading implements AutoCloseable {
    private static final int FETCHED = 500;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final List<Boolean> isBinary;

    Reading(Connection real, String sql, List<Boolean> isBinary) throws RowCopy.ReadFailed {
      this.isBinary = isBinary;
      try {
        statement = real.prepareStatement(sql);
        statement.setFetchSize(FETCHED);
        rows = statement.executeQuery();
      } catch (SQLException e) {
        throw new RowCopy.ReadFailed(e);
      }
    }

    /** The next row, bytes or text or null for each column; null after the last one. */
    Object[] next() throws RowCopy.ReadFailed {
      try {
        if (!rows.next()) {
          return null;
        }
        var row = new Object[isBinary.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = isBinary.get(i) ? rows.getBytes(i + 1) : rows.getString(i + 1);
        }
        return row;
      } catch (SQLException e) {
        throw new RowCopy.ReadFailed(e);
      }
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  @Override
  public void finish(Connection real) throws SQLException {
    for (var sequence :
        Rows.names(
            real,
            "SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = DATABASE() AND table_type = 'SEQUENCE'")) {
      var name = Quoted.name(sequence);
      for (var next : Rows.names(real, "SELECT next_not_cached_value FROM " + name)) {
        ScratchSessions.execute(clone, List.of("DO SETVAL(" + name + ", " + next + ", 0)"));
      }
    }
    clone.commit();
  }
}
