package dev.schemaversion.runner.scratch;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.rows.RowCopy;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Gives access to the scratch server of a run, if the run has one. The first use waits until the
 * server answers.
 */
public final class ScratchServerAccess implements ScratchDatabases {
  private final RunContext run;
  private ScratchServer scratch;

  public ScratchServerAccess(RunContext run) {
    this.run = run;
  }

  /** Whether the run has a scratch server. */
  @Override
  public boolean exists() {
    return run.request().scratch() != null;
  }

  /** Creates an empty database like the real one. */
  @Override
  public ScratchDatabase open(List<String> scripts) throws SQLException {
    return connected().empty(run.session(), scripts);
  }

  /**
   * Creates a copy of the real database's schema and history table, with rows if the request wants
   * them.
   */
  public ScratchDatabase cloned() throws SQLException {
    var rows =
        run.request().rehearsalOrDefault().mode() == RequestedRehearsal.Mode.ROWS
            ? Optional.of(new RowCopy(run))
            : Optional.<RowCopy>empty();
    return connected().cloned(run.session(), rows);
  }

  private ScratchServer connected() {
    if (scratch == null) {
      if (!exists()) {
        throw new RunFailure(
            Outcome.PROOF_NEEDED,
            "The schema differs from the one that was proven last, and this Job has no scratch"
                + " server to prove it again. Nothing was done; the operator starts a proof.");
      }
      run.log().begin("waiting for the scratch server");
      scratch =
          run.engine()
              .scratch(
                  run.request().scratch(),
                  run.target(),
                  run.request().flyway().table(),
                  run.shutdown()::isRequested);
    }
    return scratch;
  }
}
