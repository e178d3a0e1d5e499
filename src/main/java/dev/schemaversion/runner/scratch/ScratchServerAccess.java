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

/** The scratch server of a run, if the run has one. It is waited for when it is first needed. */
public final class ScratchServerAccess implements ScratchDatabases {
  private final RunRequest request;
  private final Engine engine;
  private final Target target;
  private final Connection real;
  private final Shutdown stop;
  private final Log log;
  private ScratchServer scratch;

  /**
   * Where versions are built and clones are made.
   *
   * @param real a session on the real database, for looking what it is like
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

  /** An empty database like the real one. */
  @Override
  public ScratchDatabase open(Migrations migrations) throws SQLException {
    return connected()
        .empty(real, migrations.scripts().stream().map(Migrations.Script::sql).toList());
  }

  /** A copy of the real database's schema and history. */
  public ScratchDatabase cloned() throws SQLException {
    return connected().cloned(real);
  }

  private ScratchServer connected() {
    if (scratch == null) {
      if (!exists()) {
        throw new RunFailure(
            Outcome.PROOF_NEEDED,
            "The schema is not the one that was proven last, and this Job has no scratch server to"
                + " prove it anew. Nothing was done; a proof follows.");
      }
      log.line("waiting for the scratch server");
      scratch =
          engine.scratch(request.scratch(), target, request.flyway().table(), stop::isRequested);
    }
    return scratch;
  }
}
