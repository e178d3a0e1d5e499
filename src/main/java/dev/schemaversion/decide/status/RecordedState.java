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
 * The recorded state of a database: its identity, baseline, last sync and proof, and the Jobs that
 * reported them. Immutable; {@link ReportRecorder} returns the state with one more Job recorded.
 *
 * @param database the database to which the state belongs, or null
 * @param baseline how its starting version was determined, or null
 * @param synced the last successful sync, or null; also null if a later sync may have changed the
 *     database since
 * @param proof the result of comparing its schema with the schema that the migrations build, or
 *     null
 * @param plan what the next sync does, or null
 * @param image the content of the image with the migrations, or null
 * @param interruptedSync the last started sync while its result is not known, or null
 * @param history the last ended Jobs, the latest one last
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

  /** Returns the state recorded in a status, as far as it belongs to this address. */
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

  /** Returns the state with the same history, and nothing known about the database. */
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

  /** Returns the identity of the database, or null. */
  public DatabaseIdentity identity() {
    return database == null || database.server() == null
        ? null
        : new DatabaseIdentity(database.server(), database.name());
  }

  /** Returns the last proven version, or null; it counts also while the schema has drifted. */
  public String version() {
    var known = ProofRecord.known(proof);
    return known == null ? null : known.version();
  }

  /** Returns the version by which the gate releases workloads, or null. */
  public String reliable(boolean driftHolds) {
    return driftHolds && !ProofRecord.holds(proof) ? null : version();
  }

  /** Returns the state without the last successful sync, after which another may have run. */
  RecordedState withoutSync() {
    return withSynced(null);
  }

  /** Returns the state without the plan. */
  public RecordedState withoutPlan() {
    return withPlan(null);
  }

  /** Returns the state with the answered value of {@code schemaversion.dev/verify}. */
  public RecordedState answered(String verifyRequest) {
    return proof == null ? this : withProof(VerificationRecorder.answered(proof, verifyRequest));
  }
}
