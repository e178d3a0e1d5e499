package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.request.KnownSchema;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.util.Optional;

/** The last proof of the database, as the request brings it from the status. */
final class RecordedProof {
  private final KnownSchema known;
  private final boolean afterLost;
  private final Acceptance acceptance;
  private final RealSchema real;

  RecordedProof(RunRequest request, Acceptance acceptance, RealSchema real) {
    this.known = request.proof().known();
    this.afterLost = request.afterLost();
    this.acceptance = acceptance;
    this.real = real;
  }

  /** Whether there is one. */
  boolean exists() {
    return known != null;
  }

  /**
   * Whether repeatable migrations and callbacks may have run in another form, or not to their end.
   * What was proven in full before must be proven in full again.
   */
  boolean mayBeUnfinished() {
    return known == null || afterLost;
  }

  /** This proof, if schema and version are still those that were proven. */
  Optional<Proof> stillHolding(Snapshot found, History history, MigrationTool tool) {
    boolean holds =
        known != null
            && acceptance.isRecorded()
            && known.schema().header().equals(found.header().text())
            && known.schema().fingerprint().equals(found.fingerprint())
            && Optional.ofNullable(known.version()).map(tool::canonical).equals(history.present());
    return holds ? Optional.of(proof()) : Optional.empty();
  }

  private Proof proof() {
    boolean isUnused = acceptance.isUnused();
    return ProofBuilder.builder()
        .verdict(isUnused ? Verdict.Equal : Verdict.Accepted)
        .version(known.version())
        .accepted(isUnused ? null : acceptance.recorded())
        .basis(real.basis())
        .build();
  }
}
