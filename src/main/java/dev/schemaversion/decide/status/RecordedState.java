package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.DatabaseStatusBuilder;
import dev.schemaversion.api.v1alpha1.PlanStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.BaselineStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.DatabaseStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ImageStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.InterruptedSyncStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.SyncedStatus;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.decide.ObservedJob;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;

/**
 * What is known about a database: which one it is, where it started, what is proven of it, and the
 * Jobs that say so. Immutable; {@link ReportRecorder} give the evidence with one more Job in it.
 *
 * @param database the database it is about, or null
 * @param baseline how its first version came to be known, or null
 * @param synced the last sync that succeeded, or null; also null once another one may have changed
 *     the database since
 * @param proof how its schema compares with what the migrations build, or null
 * @param plan what the next sync would do, or null
 * @param image what was read from the image with the migrations, or null
 * @param interruptedSync the sync of which it is not known (yet) what it has done, or null
 * @param history the last Jobs, the newest last
 */
@RecordBuilder
public record RecordedState(
    DatabaseStatus database,
    BaselineStatus baseline,
    SyncedStatus synced,
    ProofStatus proof,
    PlanStatus plan,
    ImageStatus image,
    InterruptedSyncStatus interruptedSync,
    List<Operation> history)
    implements RecordedStateBuilder.With {

  /** The evidence recorded in a status, as far as it is about this address. */
  public static RecordedState of(SchemaVersionStatus status, String address) {
    var recorded = status == null ? SchemaVersionStatus.NONE : status;
    var recordedState =
        new RecordedState(
            recorded.database(),
            recorded.baseline(),
            recorded.synced(),
            recorded.proof(),
            recorded.plan(),
            recorded.image(),
            recorded.interruptedSync(),
            Objects.requireNonNullElse(recorded.history(), List.of()));
    boolean same =
        recorded.database() != null && Objects.equals(recorded.database().address(), address);
    return same ? recordedState : recordedState.voided(address);
  }

  /** The same Jobs, but nothing is known about the database any more. */
  RecordedState voided(String address) {
    return RecordedStateBuilder.builder()
        .database(DatabaseStatusBuilder.builder().address(address).build())
        .image(image)
        .history(history)
        .build();
  }

  /** Whether a Job has been recorded already. */
  public boolean has(ObservedJob job) {
    return job.owned()
        || history.stream().anyMatch(operation -> operation.job().equals(job.name()));
  }

  /** The database it really is, or null. */
  public DatabaseIdentity identity() {
    return database == null || database.server() == null
        ? null
        : new DatabaseIdentity(database.server(), database.name());
  }

  /** The version that was last proven, or null; it counts also while the schema has drifted. */
  public String version() {
    var known = ProofRecorder.known(proof);
    return known == null ? null : known.version();
  }

  /** The version that workloads may rely on, or null. */
  public String reliable(boolean driftHolds) {
    return driftHolds && !ProofRecorder.holds(proof) ? null : version();
  }

  /** A sync may have changed the database since the last one that succeeded. */
  RecordedState notSyncedAnyMore() {
    return withSynced(null);
  }

  /** The plan was for something else. */
  public RecordedState withoutPlan() {
    return withPlan(null);
  }

  /** The wish of the annotation {@code schemaversion.dev/verify} has been fulfilled. */
  public RecordedState answered(String asked) {
    return proof == null ? this : withProof(ProofRecorder.answered(proof, asked));
  }
}
