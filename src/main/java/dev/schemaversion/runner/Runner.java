package dev.schemaversion.runner;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.MigrationsSize;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.command.CommandTool;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.flyway.FlywayTool;
import dev.schemaversion.runner.flyway.script.MigrationFiles;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.scratch.ScratchServerAccess;
import dev.schemaversion.runner.step.ServerIdentityCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One run, from the request to the report. */
final class Runner {
  private static final int IGNORED_NAMED = 20;

  private final RunInputs inputs;
  private final RunMode mode;
  private final Log log;
  private final Shutdown stop;

  Runner(Path root, Log log, Shutdown stop) {
    this(new Inputs(root), RunMode.JOB, log, stop);
  }

  Runner(RunInputs inputs, RunMode mode, Log log, Shutdown stop) {
    this.inputs = inputs;
    this.mode = mode;
    this.log = log;
    this.stop = stop;
  }

  /**
   * Does what is asked. Whatever happens, there is a report: returned, logged, and written to where
   * the kubelet reads it.
   */
  Report run(String requestText) {
    return run(draft -> Requests.read(requestText, draft));
  }

  /** The same with a request that need not be parsed. */
  Report run(RunRequest request) {
    return run(draft -> Requests.checked(request, draft));
  }

  private Report run(Function<ReportDraft, RunRequest> reading) {
    var draft = new ReportDraft();
    Report report;
    int most = Codec.MAX_REPORT_BYTES_WITH_TOOL;
    try {
      var request = reading.apply(draft);
      most = Codec.maxReportBytes(request);
      log.belongsTo(request.job());
      stop.limit(request.limitsOrDefault().run());
      var message = attempt(request, draft);
      report = draft.report(Outcome.SUCCEEDED, message, null);
    } catch (SQLException | RuntimeException e) {
      report = new FailureReports(draft, stop, log).of(e);
    }
    publish(report, most);
    return report;
  }

  /** Before anything is done: an image's size is not known before. */
  private static void failIfTooLarge(List<Map<String, byte[]>> files) {
    var size =
        files.stream().map(MigrationsSize::of).reduce(MigrationsSize.NONE, MigrationsSize::plus);
    size.problem(Runtime.getRuntime().maxMemory())
        .ifPresent(
            problem -> {
              throw new RunFailure(Outcome.MIGRATIONS_TOO_LARGE, problem);
            });
  }

  /** Flyway would pass over them without a word. */
  private void logIgnored(List<String> files) {
    if (!files.isEmpty()) {
      var named = String.join(", ", files.subList(0, Math.min(IGNORED_NAMED, files.size())));
      log.line(
          "files that are no migrations, ignored: "
              + named
              + (files.size() > IGNORED_NAMED
                  ? " and " + (files.size() - IGNORED_NAMED) + " more"
                  : ""));
    }
  }

  private String attempt(RunRequest request, ReportDraft report) throws SQLException {
    log.line(
        request.step().label()
            + " of "
            + request.resource()
            + (request.step() == Step.SYNC ? " to version " + request.version() : ""));
    var migrations = request.command() == null ? migrations(request, report) : null;
    if (migrations == null) {
      report.migrationsDigest(MigrationsDigest.ofCommand(request.command()));
    }
    var engine = Engines.named(request.database().engine());
    var target = Target.of(request, inputs, engine);
    log.begin("connecting to " + target);
    var sessions = mode.sessions(engine.sessions(target), request.step());
    try (var session = sessions.getConnection()) {
      var catalog = engine.catalog(session);
      ServerIdentityCheck.check(engine, catalog, target, request.expectedDatabase(), report);
      try (var other = sessions.getConnection()) {
        ServerIdentityCheck.failIfPooled(catalog, engine.catalog(other), target);
      }
      stop.endAtStart();
      var run = new RunContext(request, engine, target, session, sessions, stop, report, log);
      try (var lock = RunLock.take(session, engine.locks(session))) {
        return execute(run, migrations, lock);
      }
    }
  }

  /** Reads Flyway's migrations. */
  private Migrations migrations(RunRequest request, ReportDraft report) {
    var files = inputs.migrations(request, report);
    failIfTooLarge(files);
    var migrations = MigrationFiles.read(files, request.flyway(), request.database().engine());
    logIgnored(migrations.ignored());
    if (needsVersion(request.step())) {
      migrations.require(request.version(), "spec.version");
    }
    return migrations;
  }

  private static boolean needsVersion(Step step) {
    return step == Step.SYNC || step == Step.PLAN;
  }

  /**
   * Runs the step.
   *
   * @param migrations Flyway's migrations; null for another tool
   */
  private String execute(RunContext run, Migrations migrations, RunLock lock) throws SQLException {
    var real = new RealSchema(run);
    var scratch = new ScratchServerAccess(run);
    var tool =
        migrations == null
            ? new CommandTool(run, inputs.root(), lock, scratch, real.scope())
            : new FlywayTool(run, migrations, lock, scratch, real.scope());
    if (migrations == null && needsVersion(run.request().step())) {
      tool.require(run.request().version(), "spec.version");
    }
    var proof = new SchemaProof(run, tool, real, scratch);
    return mode.work().run(run, tool, proof, scratch);
  }

  private void publish(Report report, int most) {
    log.line("outcome: " + report.outcome().reason());
    log.line(String.valueOf(report.message()));
    if (report.failure() != null && report.failure().statement() != null) {
      log.line("statement:\n" + report.failure().statement());
    }
    if (report.database() != null) {
      log.line("database: " + report.database() + ", server " + report.serverVersion());
    }
    log.line(
        "version: "
            + report.version()
            + ", migrations run: "
            + report.migrationsApplied()
            + ", migrations: "
            + report.migrationsDigest());
    try {
      inputs.writeReport(Codec.write(report, most));
    } catch (IOException e) {
      log.line("The report could not be written: " + e);
    }
  }
}
