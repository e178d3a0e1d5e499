package dev.schemaversion.runner;

import dev.schemaversion.contract.RunRequest;
import java.sql.Connection;
import java.sql.SQLException;

/** Does a step on a database that nobody else works on: the run lock is held. */
final class Flow {
  private final RunRequest request;
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
   */
  Flow(
      RunRequest request,
      Connection session,
      Connections connections,
      Target target,
      Migrations migrations,
      Stop stop,
      Findings findings,
      Log log) {
    this.request = request;
    this.migrations = migrations;
    this.stop = stop;
    this.findings = findings;
    this.log = log;
    this.database = new Database(session, request);
    this.real = new RealSchema(connections, request);
    this.scratch = new ScratchSite(request, target, session, stop, log);
    this.proving = new Proving(request, migrations, real, scratch::empty, stop, log);
    this.flyway = new FlywayFactory(request, connections);
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
                  version -> flyway.stamping(scripts, version).baseline(),
                  findings)
              .run();
      case SYNC, PLAN ->
          new Sync(request, database, migrations, real, proving, rehearsal(), findings, log)
              .run(flyway.migrating(scripts, progress), scripts, progress, lock);
      case VERIFY -> examination().verify();
      case PROVE -> examination().prove(flyway.migrating(scripts, progress));
    };
  }

  private Rehearsal rehearsal() {
    return scratch.exists()
        ? new Rehearsal(request, migrations, real, proving, some -> scratch.cloned(), stop, log)
        : null;
  }

  private Examination examination() {
    return new Examination(request, database, migrations, real, proving, findings);
  }
}
