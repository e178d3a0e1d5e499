package dev.schemaversion.runner.step;

import dev.schemaversion.contract.request.FirstSync;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.Rehearsal;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchServerAccess;
import java.sql.SQLException;

/** Runs the requested step. The run lock is held meanwhile. */
public final class StepExecutor {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;
  private final ScratchServerAccess scratch;

  public StepExecutor(
      RunContext run, MigrationTool tool, SchemaProof proof, ScratchServerAccess scratch) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
    this.scratch = scratch;
  }

  /** Runs the step and returns what was found and done, in a sentence or two. */
  public String execute() throws SQLException {
    return switch (run.request().step()) {
      case BASELINE -> new BaselineStep(run, tool, proof).run();
      case SYNC -> run.request().firstSync() != null ? firstSync().run() : sync().run();
      case PLAN -> sync().run();
      case VERIFY -> new VerifyStep(run, tool, proof).run();
      case PROVE -> new ProveStep(run, tool, proof).run();
    };
  }

  private SyncStep sync() {
    return new SyncStep(run, tool, proof, rehearses() ? rehearsal() : null);
  }

  private FirstSyncStep firstSync() {
    return new FirstSyncStep(run, new BaselineStep(run, tool, proof), sync());
  }

  private boolean rehearses() {
    return scratch.exists() && run.request().firstSync() != FirstSync.NotRehearsed;
  }

  private Rehearsal rehearsal() {
    return new Rehearsal(run, tool, proof, scratch);
  }
}
