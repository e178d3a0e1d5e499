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
  private final Target target;
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
    this.target = target;
    this.sessions = sessions;
    this.migrations = migrations;
    this.stop = stop;
    this.findings = findings;
    this.log = log;
    this.database = new Database(session, engine, target.schemas(), request.flyway().table());
    this.real = new RealSchema(sessions, target.schemas(), request);
    this.scratch = new ScratchSite(request, engine, target, session, stop, log);
    this.flyway = new FlywayFactory(request, engine, target.schemas());
    this.proving = new Proving(request, migrations, real, scratch, flyway, stop, log);
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
    var scripts = scripts();
    var flyway = migrating(scripts, progress);
    var unfinished =
        new Unfinished(
            engine.selfCommitting(),
            request.afterLost(),
            database,
            migrations,
            real,
            proving,
            file -> {
              flyway.info(); // has all scripts read
              return Inspection.statements(scripts.parsed(file));
            },
            log);
    return switch (request.step()) {
      case BASELINE ->
          new Baseline(
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
          new Sync(
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
        ? new Scripts(migrations, new Beginnings(database.historyName(), target.user()))
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

  private Examination examination(Unfinished unfinished) {
    return new Examination(request, database, migrations, real, proving, unfinished, findings);
  }
}
