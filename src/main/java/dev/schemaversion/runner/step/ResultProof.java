package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.MigrationTool.Migrated;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.Rehearsal;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.sql.SQLException;
import java.util.Optional;

/** Reports how migrating ended, and proves that it has left the schema of the wanted version. */
final class ResultProof {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;

  ResultProof(RunContext run, MigrationTool tool, SchemaProof proof) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
  }

  /**
   * Reports how migrating ended, before the result is proven.
   *
   * @param before the history before it
   * @param found the schema before it
   * @throws RuntimeException if it failed
   */
  void settle(Migrated migrated, History before, Snapshot found) throws SQLException {
    var after = migrated.after();
    int applied = after == null ? 0 : after.migrations() - before.migrations();
    run.report().version(after == null ? null : version(after));
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
    if (!after.present().equals(Optional.of(tool.canonical(run.request().version())))) {
      throw new IllegalStateException(
          "the tool succeeded, but the database is at " + version(after));
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

  private String version(History history) {
    return tool.asWritten(history.present().orElse(null));
  }

  /**
   * Compares with what stands on the scratch server.
   *
   * @param rehearsed null where nothing was rehearsed
   * @param before the schema before the migrations
   * @throws RunFailure {@link Outcome#RESULT_CONTRADICTED}
   */
  void prove(Rehearsal.Rehearsed rehearsed, Snapshot before) throws SQLException {
    var schema = proof.real().read();
    var result =
        rehearsed == null
            ? proof.carried(tool.canonical(run.request().version()), before, schema)
            : compare(schema, rehearsed);
    record(schema, tool.history(), result);
    failIfContradicted(result);
  }

  /** Builds the version again, because nothing stands on the scratch server any more. */
  void proveAnew(History after) throws SQLException {
    var schema = proof.real().read();
    var result = proof.history(schema, after);
    record(schema, after, result);
    failIfContradicted(result);
  }

  private void failIfContradicted(Proof result) {
    if (!result.holds()) {
      throw RefusalMessages.contradicted(
          Outcome.RESULT_CONTRADICTED,
          "The migrations ran and are committed, and the schema is another one than they build"
              + " elsewhere: ",
          result,
          "The history says " + run.request().version() + ".");
    }
  }

  private Proof compare(Snapshot schema, Rehearsal.Rehearsed rehearsed) throws SQLException {
    if (rehearsed.standing() != null) {
      return proof.with(rehearsed.standing(), schema, tool.canonical(run.request().version()));
    }
    // The version cannot be built from an empty database, and that is accepted: the clone decides.
    var difference = Comparison.of(rehearsed.after(), schema);
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
        .about(tool.canonical(run.request().version()));
  }

  private void record(Snapshot schema, History history, Proof result) throws SQLException {
    run.report().proof(result);
    run.report().schema(proof.real().digests(schema, history, result));
  }
}
