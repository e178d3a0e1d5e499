package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.SchemaSummary;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;

/** A database with objects, without a history, and without a version that anybody claims. */
final class UnclaimedDatabase {
  private UnclaimedDatabase() {}

  /**
   * Searches for the versions that it could have, reports them, and returns the refusal that names
   * them.
   *
   * @return {@link Outcome#BASELINE_REQUIRED}
   */
  static RunFailure refusal(
      RunContext run, SchemaProof proof, Snapshot found, SchemaSummary contents)
      throws SQLException {
    var matches = proof.search(found);
    run.report().proof(matches);
    return RefusalMessages.baselineRequired(contents, matches);
  }
}
