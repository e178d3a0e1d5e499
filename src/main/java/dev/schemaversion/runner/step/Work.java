package dev.schemaversion.runner.step;

import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchServerAccess;
import java.sql.SQLException;

/** What a run does once it is connected and holds the run lock. */
@FunctionalInterface
public interface Work {
  /** Does it, and returns what was found and done, in a sentence or two. */
  String run(RunContext run, MigrationTool tool, SchemaProof proof, ScratchServerAccess scratch)
      throws SQLException;
}
