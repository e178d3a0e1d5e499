package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.request.KnownSchema;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;

/** Proves the version that the history claims. Writes nothing to the database. */
final class ProveStep {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;

  ProveStep(RunContext run, MigrationTool tool, SchemaProof proof) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
  }

  /**
   * Proves.
   *
   * @throws RunFailure {@link Outcome#DRIFTED} if schema or history are not what was proven before;
   *     {@link Outcome#HISTORY_CONTRADICTED} if nothing was proven before
   */
  String run() throws SQLException {
    var reading = Reading.of(run, tool, proof);
    var history = reading.history();
    var found = history.failIfPartlyApplied(reading.schema(), proof);
    run.report().schema(RealSchema.digests(found, history));
    if (history.present().isEmpty()) {
      return withoutHistory(found, history);
    }
    history.failIfForgotten(validated(history::pending));
    var changed = ChangedMigrations.of(run, proof, history);
    if (changed.isEmpty()) {
      prove(found, history);
    } else {
      record(validated(() -> changed.prove(found, history)), found, history);
    }
    var version = history.present().get();
    failIfAnotherVersionThanProven(version);
    return "The database is at " + version + ", and its schema is what the migrations build.";
  }

  private void prove(Snapshot found, History history) throws SQLException {
    var onRecord = proof.onRecord(found, history);
    var result = onRecord.isPresent() ? onRecord.get() : proof.history(found, history);
    record(result, found, history);
    if (!result.holds()) {
      throw known() == null
          ? RefusalMessages.historyContradicted(result)
          : RefusalMessages.drifted(result);
    }
  }

  private void record(Proof result, Snapshot found, History history) throws SQLException {
    run.report().proof(result);
    run.report().schema(proof.real().digests(found, history, result));
  }

  private void failIfAnotherVersionThanProven(String version) {
    var known = known();
    if (known == null
        || (known.version() != null && tool.canonical(known.version()).equals(version))) {
      return;
    }
    throw new RunFailure(
        Outcome.DRIFTED,
        "The database was at "
            + (known.version() == null ? "its beginning" : known.version())
            + " when it was last proven, and is at "
            + version
            + " now, by its history and by its schema. A backup was restored, or another tool"
            + " migrated it. Nothing was done. If that is right, set the annotation schemaversion.dev/retry; else"
            + " restore the database.");
  }

  private String withoutHistory(Snapshot found, History history) throws SQLException {
    var contents = proof.real().contents(found);
    boolean wasEmpty = known() == null || known().version() == null;
    if (contents.isEmpty() && wasEmpty) {
      record(proof.nothing(found), found, history);
      return "The database is empty.";
    }
    if (wasEmpty) {
      throw history.exists()
          ? RefusalMessages.historyEmpty(contents)
          : UnclaimedDatabase.refusal(run, proof, found, contents);
    }
    throw RefusalMessages.historyLost(known().version(), contents);
  }

  /** An edited history row is drift too, even where the schema has stayed as it was. */
  private <T> T validated(Validation<T> validation) throws SQLException {
    try {
      return validation.run();
    } catch (RunFailure e) {
      if (known() == null || e.outcome() == Outcome.DOWNGRADE_REFUSED) {
        throw e;
      }
      throw new RunFailure(
          Outcome.DRIFTED,
          "The history differs from the one that was proven. " + e.getMessage(),
          null,
          e);
    }
  }

  private interface Validation<T> {
    T run() throws SQLException;
  }

  /** What was proven before, or null. */
  private KnownSchema known() {
    return run.request().proof().known();
  }
}
