package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.flyway.history.ChangedMigration;
import dev.schemaversion.runner.flyway.script.MigrationProgress;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.script.StatementAttendance;
import dev.schemaversion.runner.flyway.setup.FlywayFactory;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool.Migrated;
import dev.schemaversion.runner.proof.MigrationTool.StampRefused;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * What Flyway does on the real database: it records a version, migrates, and takes over the
 * checksums of changed scripts. Explains why migrating failed.
 */
final class FlywayMigration {
  private final FlywayTool tool;
  private final RunContext run;
  private final RunLock lock;
  private final FlywayFactory factory;
  private final Scripts scripts;
  private final MigrationProgress progress;
  private final Flyway flyway;

  /**
   * The migration of one run.
   *
   * @param lock is verified before each script
   * @param scripts those up to the wanted version
   */
  FlywayMigration(FlywayTool tool, RunLock lock, FlywayFactory factory, Scripts scripts) {
    this.tool = tool;
    this.run = tool.run();
    this.lock = lock;
    this.factory = factory;
    this.scripts = scripts;
    this.progress =
        new MigrationProgress(run.log(), tool.migrations(), "running", this::beforeScript);
    this.flyway =
        factory.migrating(
            run.engine().migrating(run.target()),
            scripts,
            progress,
            new StatementAttendance(run.engine(), run.sessions(), run.log()));
  }

  private void beforeScript(String next) {
    run.shutdown().endBefore(next);
    lock.verify();
  }

  /** Records a version, of which nothing is run. */
  void stamp(String version) {
    try {
      factory.stamping(run.sessions(), scripts, version).baseline();
    } catch (FlywayException e) {
      throw new StampRefused(e);
    }
  }

  /** Migrates to the wanted version, see {@link FlywayTool#migrate}. */
  Migrated migrate(int pending, boolean besideOthers) throws SQLException {
    failIfStillRunning();
    progress.expect(pending);
    try {
      if (besideOthers) {
        factory.createHistory(run.engine().migrating(run.target()), scripts);
      }
      flyway.migrate();
      return new Migrated(tool.history(), null);
    } catch (RuntimeException e) {
      return new Migrated(historyAfter(e), e);
    }
  }

  /**
   * Refuses to go on while a session migrates: of something else, or of a runner that died, which
   * the server ends some seconds later or when its statement has ended.
   */
  void failIfStillRunning() throws SQLException {
    lock.failIfFlywayIsBusy(tool.database().schema(), tool.database().table());
  }

  /** The history as it is now; null if it can no longer be read. */
  private History historyAfter(RuntimeException thrown) {
    try {
      return tool.history();
    } catch (SQLException e) {
      thrown.addSuppressed(e);
      return null;
    }
  }

  /** How the run ends after a migration that failed. */
  RuntimeException explain(Migrated failed, SchemaProof proof) throws SQLException {
    var explained =
        new MigrationFailures(
                progress,
                state(failed.after()),
                mayBeHalfDone(),
                lock,
                tool.database(),
                proof.real())
            .explain(failed.thrown());
    return failed.after() instanceof FlywayHistory history
            && explained instanceof RunFailure failure
            && failure.outcome() != Outcome.CONNECTION_LOST
        ? history.recovery(proof).afterFailure(failure, history.table())
        : explained;
  }

  /** Whether the script that ran last may be half done; without one, whether any may be. */
  private boolean mayBeHalfDone() {
    return progress
        .current()
        .map(tool.scripts()::commitsByItself)
        .orElseGet(() -> run.engine().implicitCommit().reason(List.of(), true))
        .isPresent();
  }

  private String state(History history) {
    if (history == null) {
      return "a version that could not be read any more";
    }
    return history.present().map(tool::asWritten).orElse("its beginning, without any version");
  }

  /** Records changed migrations as they are now. */
  History update(List<ChangedMigration> changed) throws SQLException {
    lock.verify();
    failIfStillRunning();
    tool.database().update(changed);
    return tool.history();
  }
}
