package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.scratch.rows.RowCopy;
import dev.schemaversion.runner.scratch.rows.RowTable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Copies rows of a MariaDB or MySQL database into its clone, before it has triggers. */
final class MariaDbRows implements RowCopy.Transfer {
  private static final int BATCH_ROWS = 500;
  private static final int BATCH_BYTES = 1 << 20;

  private final Connection clone;
  private final String historyTable;
  private CopiedTables tables;

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
    tables = CopiedTables.read(real, historyTable);
    return tables.all();
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
    var values = String.join(", ", names.stream().map(any -> "?").toList());
    var sql = "INSERT INTO " + table.sql() + " (" + columns + ") VALUES (" + values + ")";
    try (var insert = clone.prepareStatement(sql);
        var rows =
            new StreamedRows(
                real, "SELECT " + columns + " FROM " + table.sql(), tables.isBinary(table))) {
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
