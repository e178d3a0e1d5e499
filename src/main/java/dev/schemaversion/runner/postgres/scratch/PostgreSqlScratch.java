package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.clone.PostgreSqlRows;
import dev.schemaversion.runner.postgres.clone.SchemaClone;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchServer;
import dev.schemaversion.runner.scratch.rows.RowCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The PostgreSQL scratch server of a run. */
public final class PostgreSqlScratch implements ScratchServer {
  /** The server starts beside the runner; creating its files takes seconds. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /** Copying a schema takes seconds; a longer copy waits for the lock of another session. */
  private static final Duration CLONE_TIMEOUT = Duration.ofMinutes(10);

  private final RequestedScratch address;
  private final Scratch scratch;
  private final Target target;
  private final String historyTable;
  private final BooleanSupplier stop;

  public PostgreSqlScratch(
      RequestedScratch address, Target target, String historyTable, BooleanSupplier stop) {
    this.address = address;
    this.scratch = Scratch.connect(address, START_TIMEOUT);
    this.target = target;
    this.historyTable = historyTable;
    this.stop = stop;
  }

  @Override
  public ScratchDatabase empty(Connection real, List<String> scripts) throws SQLException {
    return scratch.prepare(
        target.database(),
        real,
        role(),
        CreatedRoles.of(scripts),
        CreatedExtensions.of(scripts, address));
  }

  /** Creates the clone with all roles of the real server. */
  @Override
  public ScratchDatabase cloned(Connection real, Optional<RowCopy> rows) throws SQLException {
    var database = scratch.prepareEmpty(target.database(), real, role());
    try {
      new SchemaClone(target, CLONE_TIMEOUT, stop)
          .into(database, real, target.schemas().getFirst(), historyTable);
      if (rows.isPresent()) {
        PostgreSqlRows.copy(rows.get(), database, historyTable);
      }
      return database;
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private String role() {
    return target.role().orElse(null);
  }
}
