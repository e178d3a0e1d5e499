package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.Rehearsal;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Settlement;
import dev.schemaversion.runner.report.PlanBuilder;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
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
  private final PresentProof presentProof;
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
    this.presentProof = new PresentProof(run, tool, proof);
    this.result = new ResultProof(run, tool, proof);
  }

  /** Checks everything, then migrates, and returns what was done. */
  String run() throws SQLException {
    var read = tool.history();
    var settlement = settled(read);
    var history = settlement.history();
    // A plan settles nothing: its report is about the history as it is.
    var recorded = isPlan() ? read : history;
    boolean besideOthers = presentProof.startsBesideOthers(history);
    var pending = history.pending();
    var callbacks = tool.callbacks();
    var all = Stream.concat(pending.stream(), callbacks.stream()).toList();
    all.forEach(PendingMigration::inspect);
    read.failIfForgotten(pending);
    var changed = ChangedMigrations.of(run, proof, history);
    var found = settlement.schema() == null ? proof.real().read() : settlement.schema();
    var present = presentProof.of(found, history, changed);
    var hotfix = presentProof.hotfix(found, history, present, pending, rehearsal != null);
    if (hotfix.isEmpty()) {
      record(found, recorded, present);
    }
    if (pending.isEmpty() && callbacks.isEmpty()) {
      plan(pending, history, found, found, hotfix);
      record(found, changed.takeOver(recorded), present);
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
      if (isPlan()) {
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
        result.settle(migrated, current, found);
        result.proveAnew(migrated.after());
      } else {
        result.settle(migrated, current, found);
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

  /**
   * What is there when it is clear what an interrupted sync has left. A sync reads the schema
   * later.
   */
  private Settlement settled(History read) throws SQLException {
    try {
      run.report().version(present(read));
    } catch (RunFailure failure) {
      if (failure.outcome() == Outcome.HISTORY_UNKNOWN) {
        settle(read); // that a sync was interrupted explains more
      }
      throw failure;
    }
    return settle(read);
  }

  private Settlement settle(History read) throws SQLException {
    if (!isPlan()) {
      return new Settlement(read.settle(proof), null, List.of());
    }
    var settlement = read.settlement(proof);
    settlement.actions().forEach(run.report()::advice);
    return settlement;
  }

  private boolean isPlan() {
    return run.request().step() == Step.PLAN;
  }

  private List<String> statements(List<PendingMigration> pending) {
    var initial = run.request().flyway().optionsOrDefault().initSql();
    return Stream.concat(
            Stream.ofNullable(initial),
            pending.stream().flatMap(migration -> migration.statements().stream()))
        .toList();
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
    boolean only = isPlan();
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
