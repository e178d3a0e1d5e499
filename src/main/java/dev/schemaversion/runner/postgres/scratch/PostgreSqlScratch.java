package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.clone.SchemaClone;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The scratch server of a run on this target. */
public final class PostgreSqlScratch implements ScratchServer {
  /** It has been starting beside the runner; creating its files takes seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A schema takes seconds; one that takes longer waits for somebody's lock. */
  private static final Duration CLONING = Duration.ofMinutes(10);

  private final Scratch scratch;
  private final Target target;
  private final String historyTable;
  private final BooleanSupplier stop;

  public PostgreSqlScratch(
      RunRequest.Scratch address, Target target, String historyTable, BooleanSupplier stop) {
    this.scratch = Scratch.connect(address, PATIENCE);
    this.target = target;
    this.historyTable = historyTable;
    this.stop = stop;
  }

  @Override
  public ScratchDatabase empty(Connection real, List<String> scripts) throws SQLException {
    return scratch.prepare(target.database(), real, role(), CreatedRoles.of(scripts));
  }

  /** With all the roles that are there. */
  @Override
  public ScratchDatabase cloned(Connection real) throws SQLException {
    var database = scratch.prepareEmpty(target.database(), real, role());
    try {
      new SchemaClone(target, CLONING, stop)
          .into(database, real, target.schemas().getFirst(), historyTable);
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
