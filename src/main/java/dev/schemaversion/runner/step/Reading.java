package dev.schemaversion.runner.step;

import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;

/** The history and the schema of the database, as they are read for the report. */
record Reading(History history, Snapshot schema) {
  /** Reads both, and records the version and the fingerprints in the report. */
  static Reading of(RunContext run, MigrationTool tool, SchemaProof proof) throws SQLException {
    var history = tool.history();
    var schema = proof.real().read();
    run.report().version(tool.asWritten(history.present().orElse(null)));
    run.report().schema(RealSchema.digests(schema, history));
    return new Reading(history, schema);
  }
}
