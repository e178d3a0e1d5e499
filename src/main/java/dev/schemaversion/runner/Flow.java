package dev.schemaversion.runner;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.Target;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Does a step on a database that nobody else works on: the run lock is held. */
final class Flow {
  private final RunRequest request;
  private final Engine engine;
  private final DataSource sessions;
  private final Migrations migrations;
  private final Stop stop;
  private final Findings findings;
  private final Log log;
  private final Database database;
  private final RealSchema real;
  private final ScratchSite scratch;
  private final Proving proving;
  private final FlywayFactory flyway;

  /**
   * The flow of one run.
   *
   * @param session holds the run lock
   * @param sessions opens others
   */
  Flow(
      RunRequest request,
      Engine engine,
      Target target,
      Connection session,
      DataSource sessions,
      Migrations migrations,
      Stop stop,
      Findings findings,
      Log log) {
    this.request = request;
    this.engine = engine;
    this.sessions = sessions;
    this.migrations = migrations;
    this.stop = stop;
    this.findings = findings;
    this.log = log;
    this.database = new Database(session, engine, target.schemas(), request.flyway().table());
    this.real = new RealSchema(sessions, target.schemas(), request);
    this.scratch = new ScratchSite(request, engine, target, session, stop, log);
    this.flyway = new FlywayFactory(request, engine, target.schemas());
    this.proving = new Proving(request, migrations, real, scratch::empty, flyway, stop, log);
  }

  /** Does it, and says what was found and done. */
  String run(RunLock lock) throws SQLException {
    var progress =
        new Progress(
            log,
            next -> {
              stop.endBefore(next);
              lock.verify();
            });
    var scripts = new Scripts(migrations);
    return switch (request.step()) {
      case BASELINE ->
          new Baseline(
                  request,
                  database,
                  migrations,
                  real,
                  proving,
                  version -> flyway.stamping(sessions, scripts, version).baseline(),
                  findings)
              .run();
      case SYNC, PLAN ->
          new Sync(request, engine, database, migrations, real, proving, rehearsal(), findings, log)
              .run(migrating(scripts, progress), scripts, progress, lock);
      case VERIFY -> examination().verify();
      case PROVE -> examination().prove(migrating(scripts, progress));
    };
  }

  private Flyway migrating(Scripts scripts, Progress progress) {
    return flyway.migrating(sessions, scripts, progress);
  }

  private Rehearsal rehearsal() {
    return scratch.exists()
        ? new Rehearsal(
            request, migrations, real, proving, some -> scratch.cloned(), flyway, stop, log)
        : null;
  }

  private Examination examination() {
    return new Examination(request, database, migrations, real, proving, findings);
  }
}
