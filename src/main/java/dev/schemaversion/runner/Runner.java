package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** One run, from the request to the report. */
final class Runner {
  private final Inputs inputs;
  private final Log log;
  private final Stop stop;

  Runner(Path root, Log log, Stop stop) {
    this.inputs = new Inputs(root);
    this.log = log;
    this.stop = stop;
  }

  /**
   * Does what is asked. Whatever happens, there is a report: returned, logged, and written to where
   * the kubelet looks for it.
   */
  Report run(String requestText) {
    var findings = new Findings();
    Report report;
    try {
      var message = attempt(Requests.read(requestText, findings), findings);
      report = findings.report(Outcome.SUCCEEDED, message, null);
    } catch (RunFailure e) {
      report = findings.report(e.outcome(), e.getMessage(), e.failure().orElse(null));
    } catch (SQLException | RuntimeException e) {
      report = unforeseen(e, findings);
    }
    publish(report);
    return report;
  }

  private String attempt(RunRequest request, Findings findings) throws SQLException {
    log.line(
        request.step().label()
            + " of "
            + request.resource()
            + (request.step() == Step.SYNC ? " to version " + request.version() : ""));
    var files = inputs.migrations(request.migrationSources(), request.migrationsDigest(), findings);
    var migrations = Migrations.of(files, request.flyway());
    if (request.step() == Step.SYNC) {
      migrations.require(request.version(), "spec.version");
    }
    var target = Target.of(request, inputs);
    log.line("connecting to " + target);
    var connections = new Connections(target);
    try (var session = connections.getConnection()) {
      Server.check(session, target, request.expectedDatabase(), findings);
      failIfStopped();
      try (var lock = RunLock.take(session)) {
        var database = new Database(session, request);
        var factory = new FlywayFactory(request, connections);
        var scripts = new Scripts(migrations);
        return switch (request.step()) {
          case BASELINE ->
              new Baseline(
                      request,
                      database,
                      migrations,
                      version -> factory.stamping(scripts, version).baseline(),
                      findings)
                  .run();
          case SYNC -> {
            var progress = new Progress(log, stop, lock);
            var flyway = factory.migrating(scripts, progress);
            yield new Sync(request, database, migrations, findings, log)
                .run(flyway, scripts, progress, lock);
          }
        };
      }
    }
  }

  private void failIfStopped() {
    if (stop.isRequested()) {
      throw new RunFailure(
          Outcome.INTERRUPTED, "Told to stop before anything was done. It is tried again.");
    }
  }

  private Report unforeseen(Exception e, Findings findings) {
    log.stackTrace(e);
    var sql = ServerMessage.find(e);
    var state = sql.map(ServerMessage::state).orElse("");
    if (state.startsWith("08") || state.startsWith("57P")) {
      return findings.report(
          Outcome.CONNECTION_LOST,
          "The connection broke: " + ServerMessage.of(sql.get()) + ". It is tried again.",
          null);
    }
    if (state.equals("42501")) {
      return findings.report(
          Outcome.ACCESS_DENIED,
          "The server refused: "
              + ServerMessage.of(sql.get())
              + " (SQLState 42501). Correct the user's rights; the next attempt takes it.",
          null);
    }
    return findings.report(
        Outcome.INTERNAL_ERROR,
        "A fault of the runner: "
            + e.getClass().getName()
            + sql.map(error -> ": " + ServerMessage.of(error) + " (SQLState " + state + ")")
                .orElse("")
            + ". The pod's log has the stack trace; please report it.",
        null);
  }

  private void publish(Report report) {
    log.line("outcome: " + report.outcome().reason());
    log.line(String.valueOf(report.message()));
    if (report.failure() != null && report.failure().statement() != null) {
      log.line("statement:\n" + report.failure().statement());
    }
    if (report.database() != null) {
      log.line("database: " + report.database() + ", PostgreSQL " + report.serverVersion());
    }
    log.line(
        "version: "
            + report.version()
            + ", migrations run: "
            + report.migrationsApplied()
            + ", migrations: "
            + report.migrationsDigest());
    try {
      inputs.writeReport(Wire.write(report));
    } catch (IOException e) {
      log.line("The report could not be written: " + e);
    }
  }
}
