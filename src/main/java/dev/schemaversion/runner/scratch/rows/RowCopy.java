package dev.schemaversion.runner.scratch.rows;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.report.ByteSize;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.CloneInterrupted;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies rows of the real database into a clone, so that the pending migrations meet them in the
 * rehearsal. Of the rows, only their number and size are ever shown.
 */
public final class RowCopy {
  private static final long SILENCE_NANOS = 10_000_000_000L;

  private final RunContext run;
  private final RequestedRehearsal wanted;
  private long lastLine;
  private long rows;
  private long bytes;
  private String current = "";

  /** Creates the copy that the run's request asks for. */
  public RowCopy(RunContext run) {
    this.run = run;
    this.wanted = run.request().rehearsalOrDefault();
  }

  /** The engine's part: it reads and writes rows. */
  public interface Transfer {
    /**
     * Begins a transaction that reads one state of the database and cannot write, and lists the
     * tables that have rows of their own; not the history table, whose rows are copied anyway.
     */
    List<RowTable> begin(Connection real) throws SQLException;

    /** Prepares the clone, so that no trigger fires and no rule stops what is in the database. */
    void prepare() throws SQLException;

    /** Copies the rows of one table, and calls {@link RowCopy#copied} for each. */
    void copy(Connection real, RowTable table, RowCopy progress) throws SQLException, ReadFailed;

    /** Makes the clone what it was before {@link #prepare}, with the rows. */
    void finish(Connection real) throws SQLException;
  }

  /** The real database failed, and not the clone. */
  public static final class ReadFailed extends Exception {
    /** Creates the exception for an error of the real database. */
    public ReadFailed(SQLException cause) {
      super(cause);
    }

    private SQLException error() {
      return (SQLException) getCause();
    }
  }

  /** The schemas that the migrations own. */
  public List<String> schemas() {
    return run.target().schemas();
  }

  /**
   * Copies.
   *
   * @throws CloneFailed if the rows are too many, cannot be read, or do not fit into the clone
   * @throws CloneInterrupted if the run is asked to stop
   * @throws ScratchUnavailable if the scratch server stopped, or its disk is full
   * @throws SQLException if the connection to the real database is lost
   */
  public void run(Transfer transfer) throws SQLException {
    // The statement's limit holds for reading a table, too.
    try (var real = run.engine().migrating(run.target()).getConnection()) {
      var selection = RowSelection.of(wanted, schemas(), transfer.begin(real));
      if (!selection.missing().isEmpty()) {
        run.report()
            .note(
                "No rows were copied for the rehearsal of "
                    + String.join(", ", selection.missing())
                    + ", which spec.proof.rehearsal.tables names and the database does not have.");
      }
      copy(transfer, real, selection);
      real.rollback();
    }
  }

  private void copy(Transfer transfer, Connection real, RowSelection selection)
      throws SQLException {
    var tables = selection.tables();
    run.log()
        .begin(
            "copying the rows of "
                + RowSelection.count(tables.size())
                + ", "
                + ByteSize.print(selection.bytes())
                + " with indexes");
    lastLine = System.nanoTime();
    try {
      transfer.prepare();
      int number = 0;
      for (var table : tables) {
        number++;
        current = table.qualified() + " (table " + number + " of " + tables.size() + ")";
        transfer.copy(real, table, this);
      }
      current = "";
      transfer.finish(real);
    } catch (ReadFailed e) {
      throw unreadable(current, e.error());
    } catch (SQLException e) {
      throw unwritable(current, e);
    }
    run.log().line("copied " + rows + " rows, " + ByteSize.print(bytes));
  }

  /**
   * Counts a row, logs now and then how far the copy is, and stops it when the run has to end.
   *
   * @param size the row's size in bytes
   */
  public void copied(long size) {
    rows++;
    bytes += size;
    if (rows % 1000 != 0) {
      return;
    }
    if (run.shutdown().isRequested()) {
      throw new CloneInterrupted();
    }
    if (System.nanoTime() - lastLine > SILENCE_NANOS) {
      lastLine = System.nanoTime();
      run.log()
          .proceed(
              "copying " + current + ": " + rows + " rows, " + ByteSize.print(bytes) + " so far");
    }
  }

  private static RuntimeException unreadable(String where, SQLException e) throws SQLException {
    var category = ErrorCategory.of(e);
    if (category == ErrorCategory.CONNECTION) {
      throw e;
    }
    if (category == ErrorCategory.LOCK_TIMEOUT) {
      return new RunFailure(
          Outcome.LOCK_TIMEOUT,
          "The rows of "
              + where
              + " cannot be copied for the rehearsal, because another session holds a lock: "
              + SanitizedMessages.of(e)
              + ". The database was not touched; the operator retries.");
    }
    return new CloneFailed(
        "The rows of "
            + where
            + " cannot be read for the rehearsal: "
            + SanitizedMessages.of(e)
            + ". The database was not touched. Give the user the right to read all rows of the"
            + " table, or raise spec.job.limits.statement if it took too long, or name other tables"
            + " in spec.proof.rehearsal.tables.",
        e);
  }

  private static RuntimeException unwritable(String where, SQLException e) {
    if (ScratchUnavailable.isCauseOf(e)) {
      return ScratchUnavailable.died(e);
    }
    return new CloneFailed(
        "The rows of the database do not fit into its clone"
            + (where.isEmpty() ? "" : ", at " + where)
            + ": "
            + SanitizedMessages.of(e)
            + ". The database was not touched. Name other tables in spec.proof.rehearsal.tables, or"
            + " set spec.proof.rehearsal.mode to Schema.",
        e);
  }
}
