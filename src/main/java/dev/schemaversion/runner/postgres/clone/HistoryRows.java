package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * The rows of the history table, as text.
 *
 * @param columns the table and its columns, as in {@code COPY}; empty if there is no table
 * @param rows the rows in the format of {@code COPY}
 */
record HistoryRows(String columns, String rows) {
  private static final String NONE = "";

  /** Reads the rows; there are none if the table does not exist. */
  static HistoryRows read(Connection real, String schema, String table) throws SQLException {
    var name = Quoted.name(schema) + "." + Quoted.name(table);
    var columns =
        Rows.names(
            real,
            """
            SELECT quote_ident(attname) FROM pg_attribute
            WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
              AND attgenerated = '' ORDER BY attnum
            """
                .formatted(Quoted.text(name)));
    if (columns.isEmpty()) {
      return new HistoryRows(NONE, NONE);
    }
    var target = name + " (" + String.join(", ", columns) + ")";
    var rows = new StringWriter();
    try {
      real.unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(
              "COPY (SELECT " + String.join(", ", columns) + " FROM " + name + ") TO STDOUT", rows);
    } catch (IOException e) {
      throw new SQLException("The history table cannot be read", "08006", e);
    }
    return new HistoryRows(target, rows.toString());
  }

  /** Writes the rows into a table with the same columns. */
  void write(Connection plain) throws SQLException {
    if (columns.equals(NONE)) {
      return;
    }
    // disables triggers and foreign keys, whose referenced rows are not copied
    Sessions.execute(plain, "SET session_replication_role = replica");
    try {
      plain
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + columns + " FROM STDIN", new StringReader(rows));
    } catch (IOException e) {
      throw new SQLException("The history table cannot be written", "08006", e);
    }
  }
}
