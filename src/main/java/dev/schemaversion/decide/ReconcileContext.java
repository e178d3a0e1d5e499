package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.decide.rule.SharedDatabases;
import dev.schemaversion.decide.status.ImageDigestRecorder;
import dev.schemaversion.decide.status.InterruptedSync;
import dev.schemaversion.decide.status.PlanRecorder;
import dev.schemaversion.decide.status.ProofRecorder;
import dev.schemaversion.decide.status.RecordedState;
import dev.schemaversion.desired.JobInputs;
import dev.schemaversion.desired.JobName;
import dev.schemaversion.desired.KnownState;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * What the rules look at: the world, and the evidence with the Jobs that have ended since in it.
 *
 * @param cluster what was observed
 * @param recordedState what is known about the database now
 */
public record ReconcileContext(ClusterState cluster, RecordedState recordedState) {
  public SchemaVersionSpec spec() {
    return cluster.resource().getSpec();
  }

  public boolean deleting() {
    return cluster.resource().getMetadata().getDeletionTimestamp() != null;
  }

  /**
   * A Job that has not ended. There is at most one, unless somebody made another by hand; then one
   * that is at work, the oldest of them.
   */
  public Optional<ObservedJob> activeJob() {
    return cluster.jobs().stream()
        .filter(ObservedJob::active)
        .min(
            Comparator.comparing((ObservedJob job) -> job.state() == State.PENDING)
                .thenComparing(ObservedJob.OLDEST_FIRST));
  }

  public JobInputs inputs(Step step) {
    return JobInputs.of(cluster.resource(), step, cluster.migrationsDigest(), occasion(step));
  }

  /** What a Job is called. */
  public JobName job(Action.CreateJob job) {
    var name = cluster.resource().getMetadata().getName();
    return new JobName(name, job.step(), inputs(job.step()).id(), job.attempt());
  }

  /** What a Job is given beside the resource. */
  public KnownState given(Step step) {
    return new KnownState(
        // A baseline takes whatever database it finds.
        step == Step.BASELINE ? null : recordedState.identity(),
        ProofRecorder.told(recordedState.proof()),
        ProofRecorder.accepted(recordedState.proof()),
        recordedState.database().serverVersion(),
        step == Step.SYNC ? approvedPlan() : null,
        ImageDigestRecorder.demanded(spec(), recordedState.image()),
        step != Step.BASELINE && InterruptedSync.toBeProven(this),
        occasion(step));
  }

  /**
   * What tells Jobs with the same inputs apart. A refusal to look at the schema does not refuse the
   * next look, nor does the refusal of one plan refuse another.
   */
  private String occasion(Step step) {
    var proof = recordedState.proof();
    return switch (step) {
      case BASELINE, PLAN -> "";
      case SYNC -> spec().approvedByHand() ? "approved " + approvedPlan() : "";
      case VERIFY -> asked() + "|" + (proof == null ? "" : proof.checkedAt());
      case PROVE -> asked() + "|" + (proof == null ? "" : proof.foundAt());
    };
  }

  /** The plan that may be carried out, where a person has to approve it; else null. */
  private String approvedPlan() {
    return spec().approvedByHand() && approved() ? recordedState.plan().digest() : null;
  }

  /** Whether there is a plan, and a person has approved it or need not. */
  public boolean approved() {
    var plan = recordedState.plan();
    return plan != null
        && (PlanRecorder.idle(plan) || annotation(Names.APPROVE).equals(plan.digest()));
  }

  /** The value of an annotation, or an empty text. */
  public String annotation(String name) {
    var annotations = cluster.resource().getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }

  /** What the annotation that asks for a look at the schema says. */
  String asked() {
    return annotation(Names.VERIFY);
  }

  /** Whether a look at the schema is asked for that has not been answered. */
  public boolean asks() {
    var proof = recordedState.proof();
    return proof != null
        && !asked().isEmpty()
        && !asked().equals(Objects.requireNonNullElse(proof.asked(), ""));
  }

  /** Whether a Job answers what is asked for now. */
  boolean answers(ObservedJob job) {
    return (job.step() == Step.VERIFY || job.step() == Step.PROVE)
        && !asked().isEmpty()
        && job.inputs().equals(inputs(job.step()).id());
  }

  /**
   * Whether the last sync was made with exactly what is wanted now, and no Job is there, nor was
   * any lost, that may have changed the database since.
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

  /** Whether all is as wanted, and proven to be. */
  public boolean ready() {
    return recordedState.baseline() != null
        && synced()
        && ProofRecorder.holds(recordedState.proof())
        && SharedDatabases.first(this).isEmpty();
  }

  /** The version that workloads may rely on, or null. */
  String reliableVersion() {
    return recordedState.reliable(spec().driftOrDefault().holds());
  }

  /** Whether the plan recorded is about something else than what is wanted now. */
  boolean planOutdated() {
    var plan = recordedState.plan();
    return plan != null
        && (!spec().approvedByHand()
            || (cluster.migrationsDigest() != null
                && !inputs(Step.PLAN).digest().equals(plan.inputs())));
  }

  /** Whether a Job that has not started was made for something that has changed since. */
  public boolean stale(ObservedJob job) {
    return cluster.migrationsDigest() == null
        || !job.inputs().equals(inputs(job.step()).id())
        || !cluster.factory().templateDigest(cluster.resource()).equals(job.template());
  }
}
