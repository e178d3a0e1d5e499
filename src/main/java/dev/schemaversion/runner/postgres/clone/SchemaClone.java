package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.Extensions;
import dev.schemaversion.runner.postgres.scratch.PostgreSqlScratchDatabase;
import dev.schemaversion.runner.postgres.scratch.RealDatabase;
import dev.schemaversion.runner.postgres.scratch.Scratch;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.CloneInterrupted;
import dev.schemaversion.runner.scratch.DumpFailed;
import dev.schemaversion.runner.scratch.DumpTooOld;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Copies the real database without its rows: all objects that can affect a migration, including
 * those that no migration created. Only the rows of the history table are copied, because they
 * determine the pending migrations.
 */
public final class SchemaClone {
  private static final String PROGRAM = "pg_dump";
  private static final String OUT_OF_LOCKS = "53200";

  /** The first version of pg_dump that leaves extensions out. */
  private static final int EXCLUDES_EXTENSIONS = 17;

  private final Target source;
  private final Dump dump;

  /**
   * Creates a copy operation.
   *
   * @param source the real database
   * @param timeout the timeout of pg_dump
   * @param stop whether the run is asked to stop, which stops pg_dump
   */
  public SchemaClone(Target source, Duration timeout, BooleanSupplier stop) {
    this(source, PROGRAM, timeout, stop);
  }

  public SchemaClone(Target source, String program, Duration timeout, BooleanSupplier stop) {
    this.source = source;
    this.dump = new Dump(program, timeout, stop);
  }

  /**
   * Copies the schema and the history table.
   *
   * @param workspace the target, from {@link Scratch#prepareEmpty}
   * @param real a session of the migrating user in the real database
   * @param schema the schema of the history table
   * @param table the history table, which need not exist
   * @throws SQLException if the real server fails
   * @throws DumpTooOld if pg_dump is older than that server
   * @throws DumpFailed if pg_dump fails
   * @throws CloneFailed if pg_dump is missing, or its output cannot be restored
   * @throws CloneInterrupted if the run is asked to stop
   * @throws ScratchUnavailable if the scratch server stopped
   * @throws ScratchLacks if the scratch server is too small
   */
  public void into(
      PostgreSqlScratchDatabase workspace, Connection real, String schema, String table)
      throws SQLException {
    var major = dump.major();
    if (major < workspace.major()) {
      throw new DumpTooOld(major, workspace.major());
    }
    var sql = DumpText.sql(dump.schema(source, leftOut(workspace, major)), workspace.major());
    var history = HistoryRows.read(real, schema, table);
    var populated = MaterializedViews.populated(real);
    try {
      restore(workspace, sql);
      try (var plain = workspace.plain()) {
        Extensions.on(plain, workspace.real()).setOwners(plain);
        Extensions.confine(plain);
        ForeignServers.dropCredentials(plain);
        MaterializedViews.refresh(plain, populated);
        history.write(plain);
      }
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  private static List<String> leftOut(PostgreSqlScratchDatabase workspace, int major)
      throws SQLException {
    try (var plain = workspace.plain()) {
      var names = Extensions.on(plain, workspace.real()).leftOut();
      if (!names.isEmpty() && major < EXCLUDES_EXTENSIONS) {
        throw new ScratchLacks(
            "The scratch server lacks the extension “"
                + String.join("”, “", names)
                + "”, which pg_dump "
                + major
                + " cannot leave out. Use an operator image with pg_dump "
                + EXCLUDES_EXTENSIONS
                + " or newer, or set spec.proof.scratch.image to an image that includes it.");
      }
      return names;
    }
  }

  /**
   * Restores the dump in one transaction. PostgreSQL requires that the new owner of an event
   * trigger or a foreign-data wrapper is superuser, so the superusers of the real server are
   * superusers during the restore.
   */
  private static void restore(PostgreSqlScratchDatabase workspace, String sql) throws SQLException {
    try (var plain = workspace.plain()) {
      alter(plain, workspace.real(), role -> true, "SUPERUSER");
      try {
        Sessions.execute(plain, sql);
      } finally {
        if (plain.isValid(0)) {
          Sessions.execute(plain, "RESET ALL");
          alter(plain, workspace.real(), role -> !workspace.isSuperuser(role), "NOSUPERUSER");
        }
      }
    }
  }

  private static void alter(Connection plain, RealDatabase real, Predicate<String> which, String to)
      throws SQLException {
    var sql =
        real.roles().stream()
            .filter(role -> role.superuser() && which.test(role.name()))
            .map(role -> "ALTER ROLE " + Quoted.name(role.name()) + " " + to)
            .collect(Collectors.joining("; "));
    if (!sql.isEmpty()) {
      Sessions.execute(plain, sql);
    }
  }

  private static RuntimeException explain(SQLException e) {
    if (OUT_OF_LOCKS.equals(e.getSQLState())) {
      return new ScratchLacks(
          "The scratch server is too small for the schema: "
              + SanitizedMessages.of(e)
              + ". Set spec.proof.scratch.image to an image with a higher max_locks_per_transaction, or"
              + " set spec.proof.mode to OnBaseline, which skips the rehearsal.",
          e);
    }
    if (ScratchUnavailable.isCauseOf(e)) {
      return ScratchUnavailable.died(e);
    }
    return new CloneFailed(
        "The dump of the schema cannot be restored on the scratch server: "
            + SanitizedMessages.of(e)
            + ". The database was not touched. Correct the object, or set spec.proof.mode to"
            + " OnBaseline, which skips the rehearsal.",
        e);
  }
}
