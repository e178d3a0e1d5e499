package dev.schemaversion.runner.step;

import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import java.sql.SQLException;

/** Searches for the version that the schema has. Writes nothing to the database. */
final class SearchStep {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;

  SearchStep(RunContext run, MigrationTool tool, SchemaProof proof) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
  }

  /** Searches, and returns what was found. */
  String run() throws SQLException {
    var reading = Reading.of(run, tool, proof);
    var contents = proof.real().contents(reading.schema());
    if (contents.isEmpty()) {
      run.report().proof(proof.nothing(reading.schema()));
      return "The database is empty." + history(reading);
    }
    var result = proof.search(reading.schema());
    run.report().proof(result);
    var candidates = RefusalMessages.candidates(result);
    return "The database is not empty: "
        + contents.describe()
        + "."
        + (candidates.isEmpty() ? " It could be compared with no version." : candidates)
        + history(reading);
  }

  private String history(Reading reading) {
    return reading
        .history()
        .present()
        .map(version -> " Its history says version " + tool.asWritten(version) + ".")
        .orElse(" It has no history.");
  }
}
