package dev.schemaversion.runner.step;

import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import java.sql.SQLException;

/** Reads the fingerprints of schema and history, for the operator to compare. Writes nothing. */
final class VerifyStep {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;

  VerifyStep(RunContext run, MigrationTool tool, SchemaProof proof) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
  }

  /** Reads them into the report. */
  String run() throws SQLException {
    Reading.of(run, tool, proof);
    return "The schema was read; its fingerprints are in the report.";
  }
}
