package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.PostgreSqlScratchDatabase;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.scratch.rows.RowCopy;
import dev.schemaversion.runner.scratch.rows.RowTable;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** Copies rows of a PostgreSQL database into its clone, with {@code COPY}. */
public final class PostgreSqlRows implements RowCopy.Transfer {
  /** The same text for the same value on both sides, whatever database and user have set. */
  private static final String FORMATS =
      "SET datestyle = 'ISO, MDY'; SET intervalstyle = 'postgres'; SET extra_float_digits = 3;"
          + " SET bytea_output = 'hex'; SET xmloption = 'content'";

  private final Connection clone;
  private final String historySchema;
  private final String historyTable;
  private LoadObstacles obstacles;

  private PostgreSqlRows(Connection clone, String historySchema, String historyTable) {
    this.clone = clone;
    this.historySchema = historySchema;
    this.historyTable = historyTable;
  }

  /**
   * Copies rows.
   *
   * @see RowCopy#run
   */
  public static void copy(RowCopy rows, PostgreSqlScratchDatabase workspace, String historyTable)
      throws SQLException {
    try (var clone = open(workspace)) {
      rows.run(new PostgreSqlRows(clone, rows.schemas().getFirst(), historyTable));
    }
  }

  private static Connection open(PostgreSqlScratchDatabase workspace) {
    try {
      return workspace.plain();
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  @Override
  public List<RowTable> begin(Connection real) throws SQLException {
    real.setAutoCommit(false);
    real.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    real.setReadOnly(true);
    Sessions.execute(real, FORMATS);
    // Names are qualified in what is read; and policies must not hide rows without a word.
    Sessions.execute(real, "SET search_path = ''; SET row_security = off");
    // The tables of extensions have the rows that the extension makes.
    return Rows.of(
        real,
        """
        SELECT n.nspname, c.relname, format('%%I.%%I', n.nspname, c.relname),
          pg_total_relation_size(c.oid),
          ARRAY(SELECT quote_ident(attname) FROM pg_attribute
            WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
            ORDER BY attnum),
          ARRAY(SELECT pn.nspname || '.' || p.relname
            FROM pg_partition_ancestors(c.oid) a JOIN pg_class p ON p.oid = a.relid
            JOIN pg_namespace pn ON pn.oid = p.relnamespace),
          ARRAY(SELECT DISTINCT rn.nspname || '.' || r.relname
            FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
            JOIN pg_namespace rn ON rn.oid = r.relnamespace
            WHERE k.conrelid = c.oid AND k.contype = 'f')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_'
          AND n.nspname <> 'information_schema'
          AND (n.nspname, c.relname) <> (%s, %s)
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
            AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 1, 2
        """
            .formatted(Quoted.text(historySchema), Quoted.text(historyTable)),
        row ->
            new RowTable(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                texts(row.getArray(5)),
                texts(row.getArray(6)),
                texts(row.getArray(7))));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  @Override
  public void prepare() throws SQLException {
    Sessions.execute(clone, FORMATS);
    // disables triggers and foreign keys
    Sessions.execute(clone, "SET session_replication_role = replica");
    obstacles = LoadObstacles.remove(clone);
  }

  @Override
  public void copy(Connection real, RowTable table, RowCopy progress)
      throws SQLException, RowCopy.ReadFailed {
    if (table.columns().isEmpty()) {
      return;
    }
    var columns = table.sql() + " (" + String.join(", ", table.columns()) + ")";
    var in =
        clone.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + columns + " FROM STDIN");
    try {
      send(
          real,
          "COPY " + columns + " TO STDOUT",
          row -> in.writeToCopy(row, 0, row.length),
          progress);
      in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  /** Writes a row to the clone. */
  private interface Writer {
    void write(byte[] row) throws SQLException;
  }

  private static void send(Connection real, String sql, Writer writer, RowCopy progress)
      throws SQLException, RowCopy.ReadFailed {
    try {
      var out = real.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
      try {
        for (var row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
          write(writer, row);
          progress.copied(row.length);
        }
      } finally {
        if (out.isActive()) {
          out.cancelCopy();
        }
      }
    } catch (WriteFailed e) {
      throw e.error;
    } catch (SQLException e) {
      throw new RowCopy.ReadFailed(e);
    }
  }

  private static void write(Writer writer, byte[] row) {
    try {
      writer.write(row);
    } catch (SQLException e) {
      throw new WriteFailed(e);
    }
  }

  /** Tells an error of the clone from one of the real database. */
  private static final class WriteFailed extends RuntimeException {
    private final transient SQLException error;

    WriteFailed(SQLException error) {
      super(error);
      this.error = error;
    }
  }

  @Override
  public void finish(Connection real) throws SQLException {
    obstacles.putBack(clone);
    Sessions.execute(clone, "SET session_replication_role = origin");
    setSequences(real);
    MaterializedViews.refresh(clone, MaterializedViews.populated(real));
  }

  private void setSequences(Connection real) throws SQLException {
    var sequences =
        Rows.names(
            real,
            """
            SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences
            WHERE has_sequence_privilege(format('%I.%I', schemaname, sequencename), 'SELECT')
            """);
    for (var sequence : sequences) {
      for (var value :
          Rows.of(
              real,
              "SELECT last_value, is_called FROM " + sequence,
              row -> row.getLong(1) + ", " + row.getBoolean(2))) {
        Sessions.execute(clone, "SELECT setval(" + Quoted.text(sequence) + ", " + value + ")");
      }
    }
  }
}
