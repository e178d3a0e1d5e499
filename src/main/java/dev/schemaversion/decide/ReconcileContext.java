package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.decide.gate.RecordedVersion;
import dev.schemaversion.decide.gate.VersionOrder;
import dev.schemaversion.decide.rule.SharedDatabases;
import dev.schemaversion.decide.status.ImageDigestRecorder;
import dev.schemaversion.decide.status.InterruptedSync;
import dev.schemaversion.decide.status.PlanRecorder;
import dev.schemaversion.decide.status.ProofRecord;
import dev.schemaversion.decide.status.RecordedState;
import dev.schemaversion.desired.JobInputs;
import dev.schemaversion.desired.JobName;
import dev.schemaversion.desired.KnownState;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * The input of the rules: the observed cluster, and the recorded state including the reports of all
 * ended Jobs.
 *
 * @param cluster the observed state of the cluster
 * @param recordedState what is known about the database
 */
public record ReconcileContext(ClusterState cluster, RecordedState recordedState) {
  public SchemaVersionSpec spec() {
    return cluster.resource().getSpec();
  }

  public boolean deleting() {
    return cluster.resource().getMetadata().getDeletionTimestamp() != null;
  }

  /**
   * Returns the Job that has not ended. There is at most one, unless a person created another; then
   * the oldest running one counts, and the oldest pending one if none runs.
   */
  public Optional<ObservedJob> activeJob() {
    return cluster.jobs().stream()
        .filter(ObservedJob::active)
        .min(
            Comparator.comparing((ObservedJob job) -> job.state() == State.PENDING)
                .thenComparing(ObservedJob.OLDEST_FIRST));
  }

  public JobInputs inputs(Step step) {
    return JobInputs.of(cluster.resource(), step, cluster.migrationsDigest(), trigger(step));
  }

  /** Returns the name of a Job that a rule creates. */
  public JobName jobName(Action.CreateJob job) {
    var name = cluster.resource().getMetadata().getName();
    return new JobName(name, job.step(), inputs(job.step()).id(), job.attempt());
  }

  /** Returns what a Job of a step gets besides the resource. */
  public KnownState knownState(Step step) {
    return new KnownState(
        // A baseline accepts any database.
        step == Step.BASELINE ? null : recordedState.identity(),
        ProofRecord.knownSchema(recordedState.proof()),
        ProofRecord.accepted(recordedState.proof()),
        recordedState.database().serverVersion(),
        step == Step.SYNC ? approvedPlan() : null,
        ImageDigestRecorder.expectedDigest(spec(), recordedState.image()),
        step != Step.BASELINE && InterruptedSync.requiresProof(this),
        false,
        trigger(step));
  }

  /**
   * Distinguishes Jobs with the same inputs. A refused verification must not refuse the next one,
   * and the refusal of one plan must not refuse another.
   */
  private String trigger(Step step) {
    var proof = recordedState.proof();
    return switch (step) {
      case BASELINE, PLAN -> "";
      case SYNC -> spec().requiresApproval() ? "approved " + approvedPlan() : "";
      case VERIFY -> verifyRequest() + "|" + (proof == null ? "" : proof.checkedAt());
      case PROVE -> verifyRequest() + "|" + (proof == null ? "" : proof.foundAt());
    };
  }

  /** Returns the digest of the approved plan where an approval is required; otherwise null. */
  private String approvedPlan() {
    return spec().requiresApproval() && approved() ? recordedState.plan().digest() : null;
  }

  /** Returns whether the plan is approved, or changes nothing and so needs no approval. */
  public boolean approved() {
    var plan = recordedState.plan();
    return plan != null
        && (PlanRecorder.changesNothing(plan) || annotation(Names.APPROVE).equals(plan.digest()));
  }

  /** Returns the value of an annotation, or an empty text. */
  public String annotation(String name) {
    var annotations = cluster.resource().getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }

  /** Returns the value of the annotation that requests a verification, or an empty text. */
  String verifyRequest() {
    return annotation(Names.VERIFY);
  }

  /** Returns whether the annotation requests a verification that no Job has answered yet. */
  public boolean verificationRequested() {
    var proof = recordedState.proof();
    return proof != null
        && !verifyRequest().isEmpty()
        && !verifyRequest().equals(Objects.requireNonNullElse(proof.asked(), ""));
  }

  /** Returns whether a Job answers the current value of that annotation. */
  boolean answersVerifyRequest(ObservedJob job) {
    return (job.step() == Step.VERIFY || job.step() == Step.PROVE)
        && !verifyRequest().isEmpty()
        && job.inputs().equals(inputs(job.step()).id());
  }

  /**
   * Returns whether the last successful sync had the current inputs, and no running or interrupted
   * Job can have changed the database since.
   */
  public boolean synced() {
    return recordedState.synced() != null
        && cluster.migrationsDigest() != null
        && activeJob().filter(job -> writes(job.step())).isEmpty()
        && !InterruptedSync.inDoubt(this)
        && inputs(Step.SYNC).digest().equals(recordedState.synced().inputs());
  }

  private static boolean writes(Step step) {
    return step == Step.BASELINE || step == Step.SYNC;
  }

  /** Returns whether the database is in the desired state, and proven to be. */
  public boolean ready() {
    return recordedState.baseline() != null
        && synced()
        && ProofRecord.holds(recordedState.proof())
        && SharedDatabases.blockedBy(this).isEmpty();
  }

  /** Returns the order of the versions. */
  public VersionOrder versions() {
    return VersionOrder.of(spec());
  }

  /**
   * Returns what the gate releases workloads by. A version that is no longer in a list of names
   * cannot be compared, so it does not count.
   *
   * @param target the version to which a sync is about to take the database, or null
   */
  RecordedVersion recordedVersion(String target) {
    return RecordedVersion.of(
        versions(), recordedState.reliable(spec().driftOrDefault().holds()), target);
  }

  /** Returns whether the recorded plan was made for other inputs than the current ones. */
  boolean planOutdated() {
    var plan = recordedState.plan();
    return plan != null
        && (!spec().requiresApproval()
            || (cluster.migrationsDigest() != null
                && !inputs(Step.PLAN).digest().equals(plan.inputs())));
  }

  /** Returns whether the inputs or the pod template of a Job have changed since its creation. */
  public boolean stale(ObservedJob job) {
    return cluster.migrationsDigest() == null
        || !job.inputs().equals(inputs(job.step()).id())
        || !cluster.factory().templateDigest(cluster.resource()).equals(job.template());
  }
}
