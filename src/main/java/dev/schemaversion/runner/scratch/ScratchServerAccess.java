package dev.schemaversion.runner.scratch;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.flyway.Migrations;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Shutdown;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Gives access to the scratch server of a run, if the run has one. The first use waits until the
 * server answers.
 */
public final class ScratchServerAccess implements ScratchDatabases {
  private final RunRequest request;
  private final Engine engine;
  private final Target target;
  private final Connection real;
  private final Shutdown stop;
  private final Log log;
  private ScratchServer scratch;

  /**
   * Creates the access for a run.
   *
   * @param real a session on the real database, to read its properties
   */
  public ScratchServerAccess(
      RunRequest request, Engine engine, Target target, Connection real, Shutdown stop, Log log) {
    this.request = request;
    this.engine = engine;
    this.target = target;
    this.real = real;
    this.stop = stop;
    this.log = log;
  }

  /** Whether the run has a scratch server. */
  @Override
  public boolean exists() {
    return request.scratch() != null;
  }

  /** Creates an empty database like the real one. */
  @Override
  public ScratchDatabase open(Migrations migrations) throws SQLException {
    return connected()
        .empty(real, migrations.scripts().stream().map(Migrations.Script::sql).toList());
  }

  /** Creates a copy of the real database's schema and history table. */
  public ScratchDatabase cloned() throws SQLException {
    return connected().cloned(real);
  }

  private ScratchServer connected() {
    if (scratch == null) {
      if (!exists()) {
        throw new RunFailure(
            Outcome.PROOF_NEEDED,
            "The schema differs from the one that was proven last, and this Job has no scratch"
                + " server to prove it again. Nothing was done; the operator starts a proof.");
      }
      log.line("waiting for the scratch server");
      scratch =
          engine.scratch(request.scratch(), target, request.flyway().table(), stop::isRequested);
    }
    return scratch;
  }
}
