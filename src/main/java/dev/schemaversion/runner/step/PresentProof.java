package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Proof;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;

/** Proves the version from which a sync starts, which may be none. */
final class PresentProof {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;

  PresentProof(RunContext run, MigrationTool tool, SchemaProof proof) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
  }

  /**
   * Whether all migrations will run, and nothing that is there counts.
   *
   * @throws RunFailure if they would run beside something that counts
   */
  boolean startsBesideOthers(History history) throws SQLException {
    if (history.present().isPresent() || !tool.hasObjects()) {
      return false;
    }
    var contents = proof.real().contents(proof.real().read());
    if (!contents.isEmpty()) {
      throw history.exists()
          ? RefusalMessages.historyEmpty(contents)
          : RefusalMessages.baselineRequired(contents, null);
    }
    var known = run.request().proof().known();
    if (known != null && known.version() != null) {
      // What the migrations made may be among what does not count; none of them runs twice.
      throw RefusalMessages.historyLost(known.version(), contents);
    }
    return true;
  }

  /** The proof of the version in the history, after {@link #startsBesideOthers}. */
  Proof of(Snapshot found, History history, ChangedMigrations changed) throws SQLException {
    if (history.present().isEmpty()) {
      return proof.nothing(found); // startsBesideOthers has seen to that
    }
    if (!changed.isEmpty()) {
      return changed.prove(found, history);
    }
    var onRecord = proof.onRecord(found, history);
    if (onRecord.isPresent()) {
      return onRecord.get();
    }
    return proof.history(found, history);
  }

  /**
   * What was created by hand and may stay, because the pending migrations create it too. The report
   * then says nothing about the present version, which is not proven.
   *
   * @param present the proof of the present version
   * @param isRehearsed whether a rehearsal will show that the migrations run beside it
   * @throws RunFailure if the schema differs otherwise from the present version
   */
  Hotfix hotfix(
      Snapshot found,
      History history,
      Proof present,
      List<PendingMigration> pending,
      boolean isRehearsed)
      throws SQLException {
    if (present.holds()) {
      return Hotfix.NONE;
    }
    var refusal = new PresentRefusal(run, present, RealSchema.digests(found, history));
    if (!isRehearsed) {
      throw refusal.failure();
    }
    return new HotfixSearch(run, tool, proof, history, pending).of(found, refusal);
  }
}
