package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.FirstSync;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import java.sql.SQLException;

/**
 * The first sync of a database of which nothing is known: a baseline, and if the database is empty,
 * the sync. Otherwise the report is that of the baseline.
 */
final class FirstSyncStep {
  private final RunContext run;
  private final BaselineStep baseline;
  private final SyncStep sync;

  FirstSyncStep(RunContext run, BaselineStep baseline, SyncStep sync) {
    this.run = run;
    this.baseline = baseline;
    this.sync = sync;
  }

  /** Runs one step or both, and returns what was found and done. */
  String run() throws SQLException {
    run.report().step(Step.BASELINE);
    var found = baseline.run();
    if (!run.report().foundEmpty()) {
      return found;
    }
    run.report().step(Step.SYNC);
    try {
      return "The database was empty. " + sync.run();
    } catch (ScratchMajorMismatch e) {
      if (run.request().firstSync() != FirstSync.Rehearsed) {
        throw e;
      }
      // Nothing has run, because the rehearsal comes first. The next Job gets the right image,
      // because the report has the server's version.
      run.log().line(e.getMessage());
      run.report().step(Step.BASELINE);
      return found;
    }
  }
}
