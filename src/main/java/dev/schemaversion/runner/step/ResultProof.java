package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.Rehearsal;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.sql.SQLException;

/** Proves that a sync has left the schema of the wanted version, and reports the proof. */
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
