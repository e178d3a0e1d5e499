package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.MigrationTool.Migrated;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.Rehearsal;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.PlanBuilder;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes the database to exactly the wanted version: proves the present version, rehearses the
 * pending migrations, migrates, and proves the result. A plan stops before it would migrate.
 */
final class SyncStep {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;
  private final Rehearsal rehearsal;
  private final ResultProof result;

  /**
   * A sync or a plan.
   *
   * @param rehearsal null where nothing is rehearsed ({@code proof.mode: OnBaseline})
   */
  SyncStep(RunContext run, MigrationTool tool, SchemaProof proof, Rehearsal rehearsal) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
    this.rehearsal = rehearsal;
    this.result = new ResultProof(run, tool, proof);
  }

  /** Checks everything, then migrates, and returns what was done. */
  String run() throws SQLException {
    var read = tool.history();
    run.report().version(present(read));
    var history = read.settle(proof);
    boolean besideOthers = startsBesideOthers(history);
    var pending = history.pending();
    var callbacks = tool.callbacks();
    var all = Stream.concat(pending.stream(), callbacks.stream()).toList();
    all.forEach(PendingMigration::inspect);
    read.failIfForgotten(pending);
    var changed = ChangedMigrations.of(run, proof, history);
    var found = proof.real().read();
    var present = provePresent(found, history, changed);
    var hotfix = hotfix(found, history, present, pending);
    if (hotfix.isEmpty()) {
      record(found, history, present);
    }
    if (pending.isEmpty() && callbacks.isEmpty()) {
      plan(pending, history, found, found, hotfix);
      record(found, changed.takeOver(history), present);
      return "The database is at " + wanted() + " already. Nothing was run." + changed.takenOver();
    }
    if (!history.exists()) {
      tool.failIfHistoryCannotBeCreated();
    }
    run.log()
        .line(
            "from "
                + history.present().map(tool::asWritten).orElse("empty")
                + " to "
                + wanted()
                + ": "
                + migrations(pending.size())
                + (callbacks.isEmpty() ? "" : ", and callbacks around them"));
    try (var rehearsed =
        rehearsal == null
            ? null
            : hotfix.rehearse(rehearsal, history, besideOthers, pending, present)) {
      if (rehearsed != null) {
        if (rehearsed.rows() != null && tool.knowsStatements()) {
          rehearsed.rows().check(statements(all));
        }
        plan(all, history, proof.real().like(rehearsed.after(), found), rehearsed.after(), hotfix);
      }
      if (run.request().step() == Step.PLAN) {
        return "The plan is made; nothing was run on the database."
            + hotfix.message("With spec.proof.mode: Always, a sync adopts")
            + changed.takenOver();
      }
      var current = changed.takeOver(history);
      if (hotfix.isEmpty()) {
        record(found, current, present);
      }
      var migrated = tool.migrate(pending.size(), besideOthers);
      if (migrated.isInDoubt()) {
        close(rehearsed);
        migrated = tool.review(migrated);
        settle(migrated, current, found);
        result.proveAnew(migrated.after());
      } else {
        settle(migrated, current, found);
        result.prove(rehearsed, found);
      }
      run.report().adopted(hotfix.names());
      return "The database is at "
          + wanted()
          + ". "
          + migrations(pending.size())
          + (pending.size() == 1 ? " was run." : " were run.")
          + hotfix.message("The sync adopted")
          + changed.takenOver();
    }
  }

  private List<String> statements(List<PendingMigration> pending) {
    var initial = run.request().flyway().optionsOrDefault().initSql();
    return Stream.concat(
            Stream.ofNullable(initial),
            pending.stream().flatMap(migration -> migration.statements().stream()))
        .toList();
  }

  /** Whether all migrations will run, and nothing that is there counts. */
  private boolean startsBesideOthers(History history) throws SQLException {
    if (history.present().isPresent() || !tool.hasObjects()) {
      return false;
    }
    var contents = proof.real().contents(proof.real().read());
    if (!contents.isEmpty()) {
      throw history.exists()
          ? RefusalMessages.historyEmpty(contents)
          : RefusalMessages.baselineRequired(contents, null);
    }
    var known = run.request().proof().known();
    if (known != null && known.version() != null) {
      // What the migrations made may be among what does not count; none of them runs twice.
      throw RefusalMessages.historyLost(known.version(), contents);
    }
    return true;
  }

  private Proof provePresent(Snapshot found, History history, ChangedMigrations changed)
      throws SQLException {
    if (history.present().isEmpty()) {
      return proof.nothing(found); // startsBesideOthers has seen to that
    }
    if (!changed.isEmpty()) {
      return changed.prove(found, history);
    }
    var onRecord = proof.onRecord(found, history);
    if (onRecord.isPresent()) {
      return onRecord.get();
    }
    return proof.history(found, history);
  }

  /**
   * What was created by hand and may stay, because the pending migrations create it too. The report
   * then says nothing about the present version, which is not proven.
   *
   * @throws RunFailure if the schema differs otherwise from the present version
   */
  private Hotfix hotfix(
      Snapshot found, History history, Proof present, List<PendingMigration> pending)
      throws SQLException {
    if (present.holds()) {
      return Hotfix.NONE;
    }
    var refusal = new PresentRefusal(run, present, RealSchema.digests(found, history));
    if (rehearsal == null) {
      throw refusal.failure();
    }
    return new HotfixSearch(run, tool, proof, history, pending).of(found, refusal);
  }

  private void record(Snapshot schema, History history, Proof result) throws SQLException {
    run.report().proof(result);
    run.report().schema(proof.real().digests(schema, history, result));
  }

  /** Records what would be done, and refuses to do something else than was approved. */
  private void plan(
      List<PendingMigration> pending,
      History history,
      Snapshot before,
      Snapshot after,
      Hotfix hotfix) {
    boolean only = run.request().step() == Step.PLAN;
    var approved = run.request().approvedPlan();
    if (!only && approved == null) {
      return;
    }
    var plan = PlanBuilder.of(present(history), wanted(), pending, before, after, hotfix.names());
    run.report().plan(plan);
    if (!only && !plan.digest().equals(approved)) {
      throw new RunFailure(
          Outcome.PLAN_CHANGED,
          "What was approved is "
              + approved
              + ", and what would be done now is "
              + plan.digest()
              + ": the database or the migrations have changed since. Nothing was done; a new plan"
              + " follows. Approve it with the annotation schemaversion.dev/approve.");
    }
  }

  /** The scratch server has room for one database, and is needed to find out what was done. */
  private static void close(Rehearsal.Rehearsed rehearsed) {
    if (rehearsed != null) {
      rehearsed.close();
    }
  }

  /** Reports how migrating ended. */
  private void settle(Migrated migrated, History before, Snapshot found) throws SQLException {
    var after = migrated.after();
    int applied = after == null ? 0 : after.migrations() - before.migrations();
    run.report().version(after == null ? null : present(after));
    run.report().migrationsApplied(applied);
    if (after == null || applied > 0) {
      // What was proven is the schema before.
      run.report().proof(null);
      run.report().schema(null);
    }
    if (migrated.thrown() != null) {
      withdrawIfChanged(found, after);
      throw tool.explain(migrated, proof);
    }
    if (!after.present().equals(Optional.of(tool.canonical(wanted())))) {
      throw new IllegalStateException(
          "the tool succeeded, but the database is at " + present(after));
    }
  }

  /**
   * Takes back the proof if callbacks have changed the schema before a migration failed. The
   * version is what it was, but what callbacks make around it may be missing.
   */
  private void withdrawIfChanged(Snapshot found, History after) throws SQLException {
    if (after == null || tool.callbacks().isEmpty()) {
      return;
    }
    var now = proof.real().read();
    if (!now.fingerprint().equals(found.fingerprint())) {
      run.report().proof(SchemaProof.unfinished(after.present().orElse(null)));
      run.report().schema(RealSchema.digests(now, after));
    }
  }

  private String present(History history) {
    return tool.asWritten(history.present().orElse(null));
  }

  private String wanted() {
    return run.request().version();
  }

  private static String migrations(int count) {
    return count == 1 ? "1 migration" : count + " migrations";
  }
}
