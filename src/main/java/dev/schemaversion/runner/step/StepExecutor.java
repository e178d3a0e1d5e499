package dev.schemaversion.runner.step;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.flyway.FlywayFactory;
import dev.schemaversion.runner.flyway.InterruptedScriptRecovery;
import dev.schemaversion.runner.flyway.Migrations;
import dev.schemaversion.runner.flyway.ScriptInspector;
import dev.schemaversion.runner.flyway.Scripts;
import dev.schemaversion.runner.flyway.SelfCommittingJournal;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.Rehearsal;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Progress;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.scratch.ScratchServerAccess;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Does a step on a database that nobody else works on: the run lock is held. */
public final class StepExecutor {
  private final RunRequest request;
  private final Engine engine;
  private final Target target;
  private final DataSource sessions;
  private final Migrations migrations;
  private final Shutdown stop;
  private final ReportDraft findings;
  private final Log log;
  private final Database database;
  private final RealSchema real;
  private final ScratchServerAccess scratch;
  private final SchemaProof proving;
  private final FlywayFactory flyway;

  /**
   * The flow of one run.
   *
   * @param session holds the run lock
   * @param sessions opens others
   */
  public StepExecutor(
      RunRequest request,
      Engine engine,
      Target target,
      Connection session,
      DataSource sessions,
      Migrations migrations,
      Shutdown stop,
      ReportDraft findings,
      Log log) {
    this.request = request;
    this.engine = engine;
    this.target = target;
    this.sessions = sessions;
    this.migrations = migrations;
    this.stop = stop;
    this.findings = findings;
    this.log = log;
    this.database = new Database(session, engine, target.schemas(), request.flyway().table());
    this.real = new RealSchema(sessions, target.schemas(), request);
    this.scratch = new ScratchServerAccess(request, engine, target, session, stop, log);
    this.flyway = new FlywayFactory(request, engine, target.schemas());
    this.proving = new SchemaProof(request, migrations, real, scratch, flyway, stop, log);
  }

  /** Does it, and says what was found and done. */
  public String run(RunLock lock) throws SQLException {
    var progress =
        new Progress(
            log,
            next -> {
              stop.endBefore(next);
              lock.verify();
            });
    var scripts = scripts();
    var flyway = migrating(scripts, progress);
    var unfinished =
        new InterruptedScriptRecovery(
            engine.selfCommitting(),
            request.afterLost(),
            database,
            migrations,
            real,
            proving,
            file -> {
              flyway.info(); // has all scripts read
              return ScriptInspector.statements(scripts.parsed(file));
            },
            log);
    return switch (request.step()) {
      case BASELINE ->
          new BaselineStep(
                  request,
                  database,
                  migrations,
                  real,
                  proving,
                  unfinished,
                  version -> this.flyway.stamping(sessions, scripts, version).baseline(),
                  findings)
              .run();
      case SYNC, PLAN ->
          new SyncStep(
                  request,
                  engine,
                  database,
                  migrations,
                  real,
                  proving,
                  unfinished,
                  rehearsal(),
                  findings,
                  log)
              .run(flyway, scripts, progress, lock);
      case VERIFY -> examination(unfinished).verify();
      case PROVE -> examination(unfinished).prove(flyway);
    };
  }

  private Scripts scripts() {
    return engine.selfCommitting().isPresent()
        ? new Scripts(migrations, new SelfCommittingJournal(database.historyName(), target.user()))
        : new Scripts(migrations);
  }

  private Flyway migrating(Scripts scripts, Progress progress) {
    return this.flyway.migrating(engine.migrating(target), scripts, progress);
  }

  private Rehearsal rehearsal() {
    return scratch.exists()
        ? new Rehearsal(
            request, migrations, real, proving, some -> scratch.cloned(), flyway, stop, log)
        : null;
  }

  private VerifyStep examination(InterruptedScriptRecovery unfinished) {
    return new VerifyStep(request, database, migrations, real, proving, unfinished, findings);
  }
}
