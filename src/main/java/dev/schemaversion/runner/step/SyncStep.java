package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.History;
import dev.schemaversion.runner.flyway.HistoryValidation;
import dev.schemaversion.runner.flyway.InterruptedScriptRecovery;
import dev.schemaversion.runner.flyway.MigrationFailures;
import dev.schemaversion.runner.flyway.Migrations;
import dev.schemaversion.runner.flyway.PlanBuilder;
import dev.schemaversion.runner.flyway.ScriptInspector;
import dev.schemaversion.runner.flyway.Scripts;
import dev.schemaversion.runner.flyway.Versions;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.Rehearsal;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Progress;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Takes the database to the wanted version, exactly: proves the present version, rehearses what is
 * pending, migrates, and proves the result. A plan run stops before it would migrate.
 */
final class SyncStep {
  private final RunRequest request;
  private final Engine engine;
  private final Database database;
  private final Migrations migrations;
  private final RealSchema real;
  private final SchemaProof proving;
  private final InterruptedScriptRecovery unfinished;
  private final Rehearsal rehearsal;
  private final ReportDraft findings;
  private final Log log;

  /**
   * A sync or plan run.
   *
   * @param rehearsal null where nothing is rehearsed ({@code proof.mode: OnBaseline})
   */
  SyncStep(
      RunRequest request,
      Engine engine,
      Database database,
      Migrations migrations,
      RealSchema real,
      SchemaProof proving,
      InterruptedScriptRecovery unfinished,
      Rehearsal rehearsal,
      ReportDraft findings,
      Log log) {
    this.request = request;
    this.engine = engine;
    this.database = database;
    this.migrations = migrations;
    this.real = real;
    this.proving = proving;
    this.unfinished = unfinished;
    this.rehearsal = rehearsal;
    this.findings = findings;
    this.log = log;
  }

  /** Checks everything, then migrates, and says what was done. */
  String run(Flyway flyway, Scripts scripts, Progress progress, RunLock lock) throws SQLException {
    var read = database.history();
    findings.version(text(read.present().orElse(null)));
    var history = unfinished.settle(read);
    failIfNoStart(history);
    var pending = pending(flyway, history);
    for (var migration : pending) {
      ScriptInspector.inspect(engine, migration.getScript(), scripts.parsed(migration.getScript()));
    }
    unfinished.failIfForgotten(read, pending);
    var found = real.read();
    var proof = provePresent(found, history);
    found(found, history, proof);
    if (pending.isEmpty()) {
      plan(pending, scripts, history, found, found);
      return "The database is at " + request.version() + " already. Nothing was run.";
    }
    if (!history.exists()) {
      database.failIfHistoryCannotBeCreated();
    }
    log.line(
        "from "
            + history.present().map(this::text).orElse("empty")
            + " to "
            + request.version()
            + ": "
            + pending.size()
            + (pending.size() == 1 ? " migration" : " migrations"));
    try (var rehearsed = rehearsal == null ? null : rehearsal.run(history, pending.size())) {
      if (rehearsed != null) {
        plan(pending, scripts, history, found, rehearsed.after());
      }
      if (request.step() == Step.PLAN) {
        return "The plan is made; nothing was run on the database.";
      }
      progress.expect(pending.size());
      migrate(flyway, progress, history, lock);
      proveResult(rehearsed);
      return "The database is at " + request.version() + ". " + applied(pending.size()) + ".";
    }
  }

  private void failIfNoStart(History history) throws SQLException {
    if (history.present().isEmpty()) {
      var contents = database.contents();
      if (!contents.isEmpty()) {
        throw history.exists()
            ? BaselineStep.historyEmpty(contents)
            : BaselineStep.required(contents, null);
      }
    }
  }

  private List<MigrationInfo> pending(Flyway flyway, History history) {
    var infos = flyway.info();
    var validation =
        new HistoryValidation(request, migrations, history.present().map(this::text).orElse(null));
    validation.check(history, List.of(infos.all()));
    return List.of(infos.pending());
  }

  private Proof provePresent(Snapshot found, History history) throws SQLException {
    var present = history.present().orElse(null);
    if (present == null) {
      return SchemaProof.nothing(); // failIfNoStart has seen to that
    }
    var onRecord = proving.onRecord(found, present);
    if (onRecord.isPresent()) {
      return onRecord.get();
    }
    var proof = proving.history(found, history);
    if (!proof.holds()) {
      findings.proof(proof);
      findings.schema(RealSchema.digests(found, history));
      throw request.proof().known() == null
          ? RefusalMessages.historyContradicted(proof)
          : RefusalMessages.drifted(proof);
    }
    return proof;
  }

  private void found(Snapshot snapshot, History history, Proof proof) {
    findings.proof(proof);
    findings.schema(RealSchema.digests(snapshot, history));
  }

  /** Records what would be done, and refuses to do something else than was approved. */
  private void plan(
      List<MigrationInfo> pending,
      Scripts scripts,
      History history,
      Snapshot before,
      Snapshot after) {
    if (request.step() != Step.PLAN && request.approvedPlan() == null) {
      return;
    }
    var plan =
        PlanBuilder.of(
            text(history.present().orElse(null)),
            request.version(),
            pending,
            scripts,
            before,
            after);
    findings.plan(plan);
    if (request.step() != Step.PLAN && !plan.digest().equals(request.approvedPlan())) {
      throw new RunFailure(
          Outcome.PLAN_CHANGED,
          "What was approved is "
              + request.approvedPlan()
              + ", and what would be done now is "
              + plan.digest()
              + ": the database or the migrations have changed since. Nothing was done; a new plan"
              + " follows.");
    }
  }

  private void migrate(Flyway flyway, Progress progress, History before, RunLock lock)
      throws SQLException {
    lock.failIfFlywayIsBusy(database.schema(), database.table());
    RuntimeException thrown = null;
    try {
      flyway.migrate();
    } catch (RuntimeException e) {
      thrown = e;
    }
    var after = after(thrown);
    int applied = after == null ? 0 : after.migrations() - before.migrations();
    findings.version(after == null ? null : text(after.present().orElse(null)));
    findings.migrationsApplied(applied);
    if (after == null || applied > 0) {
      // What was proven is the schema before.
      findings.proof(null);
      findings.schema(null);
    }
    if (thrown != null) {
      throw explained(thrown, progress, after, lock);
    }
    if (!after.present().equals(Optional.of(Versions.of(request.version())))) {
      throw new IllegalStateException("Flyway succeeded, but the database is at " + state(after));
    }
  }

  private RuntimeException explained(
      RuntimeException thrown, Progress progress, History after, RunLock lock) throws SQLException {
    var explained =
        new MigrationFailures(
                progress, state(after), engine.selfCommitting().isPresent(), lock, database)
            .explain(thrown);
    return explained instanceof RunFailure failure && failure.outcome() != Outcome.CONNECTION_LOST
        ? unfinished.afterFailure(failure, after)
        : explained;
  }

  /** The history as it is now, whatever has happened; null if it cannot be read any more. */
  private History after(RuntimeException thrown) throws SQLException {
    try {
      return database.history();
    } catch (SQLException e) {
      if (thrown == null) {
        throw e;
      }
      thrown.addSuppressed(e);
      return null;
    }
  }

  private void proveResult(Rehearsal.Rehearsed rehearsed) throws SQLException {
    var result = real.read();
    var proof = rehearsed == null ? SchemaProof.carried(version()) : compare(result, rehearsed);
    found(result, database.history(), proof);
    if (!proof.holds()) {
      throw RefusalMessages.contradicted(
          Outcome.RESULT_CONTRADICTED,
          "The migrations ran and are committed, and the schema is another one than they build"
              + " elsewhere: ",
          proof,
          "The history says " + request.version() + ".");
    }
  }

  private Proof compare(Snapshot result, Rehearsal.Rehearsed rehearsed) throws SQLException {
    if (rehearsed.standing() != null) {
      return proving.with(rehearsed.standing(), result, version());
    }
    // The version cannot be built from nothing, and that is accepted: the clone is all there is.
    var difference = Comparison.of(rehearsed.after(), result);
    if (difference.isEqual()) {
      return rehearsed.proof();
    }
    throw new Unprovable(
            Outcome.RESULT_CONTRADICTED,
            "",
            "The migrations ran and are committed, and the schema is another one than in the"
                + " rehearsal: "
                + StatementText.brief(difference.differences().getFirst().toString())
                + ".",
            null,
            null)
        .about(version());
  }

  private String state(History history) {
    if (history == null) {
      return "a version that could not be read any more";
    }
    return history.present().map(this::text).orElse("its beginning, without any version");
  }

  private static String applied(int count) {
    return count == 1 ? "1 migration was run" : count + " migrations were run";
  }

  private String version() {
    return Versions.text(Versions.of(request.version()));
  }

  private String text(MigrationVersion version) {
    return Versions.text(version, request.version(), request.baselineVersion());
  }
}
