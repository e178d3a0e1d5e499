package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.flyway.script.FailedStatement;
import dev.schemaversion.runner.flyway.script.MigrationProgress;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.script.WatchedStatements;
import dev.schemaversion.runner.flyway.setup.FlywayFactory;
import dev.schemaversion.runner.flyway.setup.SuperuserHint;
import dev.schemaversion.runner.impact.ImpactRecorder;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchUnavailable;

/** Has Flyway run the pending scripts on a clone, and explains what fails there. */
final class FlywayRehearsal {
  private final RunContext run;
  private final Migrations migrations;
  private final FlywayFactory factory;
  private final SuperuserHint hint;

  FlywayRehearsal(
      RunContext run, Migrations migrations, FlywayFactory factory, SuperuserHint hint) {
    this.run = run;
    this.migrations = migrations;
    this.factory = factory;
    this.hint = hint;
  }

  /**
   * Rehearses.
   *
   * @param pending how many migrations are pending
   * @param besideOthers whether the history has to be created first, beside objects of others
   * @param watched receives each statement
   * @throws RunFailure {@link Outcome#REHEARSAL_FAILED}
   */
  void on(
      ScratchDatabase clone,
      Scripts scripts,
      int pending,
      boolean besideOthers,
      ImpactRecorder watched) {
    var progress =
        new MigrationProgress(
            run.log(), migrations, "rehearsing", run.shutdown()::endRehearsalBefore);
    progress.expect(pending);
    try {
      if (besideOthers) {
        factory.createHistory(clone.migrating(), scripts);
      }
      factory
          .rehearsing(clone.migrating(), scripts, progress, new WatchedStatements(watched))
          .migrate();
    } catch (RuntimeException e) {
      throw explained(e, progress);
    }
  }

  private RuntimeException explained(RuntimeException thrown, MigrationProgress progress) {
    if (ScratchUnavailable.isCauseOf(thrown)) {
      return ScratchUnavailable.died(thrown);
    }
    var sql = SanitizedMessage.find(thrown);
    if (sql.isEmpty()) {
      return thrown;
    }
    var failed = FailedStatement.of(thrown, sql.get(), progress.current());
    return new RunFailure(
        Outcome.REHEARSAL_FAILED,
        "Rehearsed on a clone of the schema"
            + (copiesRows() ? ", with rows" : "")
            + ", a migration failed: "
            + failed.words()
            + failed.limit()
            + advice(failed)
            + hint.of(failed)
            + factory.hint(sql.get())
            + " The database was not touched. Correct the migration, or what is in its way in"
            + " the database, and apply it, or set the annotation schemaversion.dev/retry.",
        failed.place(),
        thrown);
  }

  private boolean copiesRows() {
    return run.request().rehearsalOrDefault().mode() == RequestedRehearsal.Mode.ROWS;
  }

  /** What to do where a script fails because the clone has no rows. */
  private String advice(FailedStatement failed) {
    return failed.mayDependOnRows() && !copiesRows()
        ? " The clone has no rows: if the script needs some, set spec.proof.rehearsal.mode to Rows,"
            + " which copies them, or to Off."
        : "";
  }
}
