package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.Given;
import dev.schemaversion.desired.Inputs;
import dev.schemaversion.desired.JobName;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * What the rules look at: the world, and the evidence with the Jobs that have ended since in it.
 *
 * @param world what was observed
 * @param evidence what is known about the database now
 */
record Facts(Observed world, Evidence evidence) {
  SchemaVersionSpec spec() {
    return world.resource().getSpec();
  }

  boolean deleting() {
    return world.resource().getMetadata().getDeletionTimestamp() != null;
  }

  /**
   * A Job that has not ended. There is at most one, unless somebody made another by hand; then one
   * that is at work, the oldest of them.
   */
  Optional<ObservedJob> activeJob() {
    return world.jobs().stream()
        .filter(ObservedJob::active)
        .min(
            Comparator.comparing((ObservedJob job) -> job.state() == State.PENDING)
                .thenComparing(ObservedJob.OLDEST_FIRST));
  }

  Inputs inputs(Step step) {
    return Inputs.of(world.resource(), step, world.migrationsDigest(), occasion(step));
  }

  /** What a Job is called. */
  JobName job(Action.CreateJob job) {
    var name = world.resource().getMetadata().getName();
    return new JobName(name, job.step(), inputs(job.step()).id(), job.attempt());
  }

  /** What a Job is given beside the resource. */
  Given given(Step step) {
    return new Given(
        // A baseline takes whatever database it finds.
        step == Step.BASELINE ? null : evidence.identity(),
        Proofs.told(evidence.proof()),
        Proofs.accepted(evidence.proof()),
        evidence.database().serverVersion(),
        step == Step.SYNC ? approvedPlan() : null,
        ReadImage.demanded(spec(), evidence.image()),
        step != Step.BASELINE && Unfinished.toBeProven(this),
        occasion(step));
  }

  /**
   * What tells Jobs with the same inputs apart. A refusal to look at the schema does not refuse the
   * next look, nor does the refusal of one plan refuse another.
   */
  private String occasion(Step step) {
    var proof = evidence.proof();
    return switch (step) {
      case BASELINE, PLAN -> "";
      case SYNC -> spec().approvedByHand() ? "approved " + approvedPlan() : "";
      case VERIFY -> asked() + "|" + (proof == null ? "" : proof.checkedAt());
      case PROVE -> asked() + "|" + (proof == null ? "" : proof.foundAt());
    };
  }

  /** The plan that may be carried out, where a person has to approve it; else null. */
  private String approvedPlan() {
    return spec().approvedByHand() && approved() ? evidence.plan().digest() : null;
  }

  /** Whether there is a plan, and a person has approved it or need not. */
  boolean approved() {
    var plan = evidence.plan();
    return plan != null && (Plans.idle(plan) || annotation(Names.APPROVE).equals(plan.digest()));
  }

  /** The value of an annotation, or an empty text. */
  String annotation(String name) {
    var annotations = world.resource().getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }

  /** What the annotation that asks for a look at the schema says. */
  String asked() {
    return annotation(Names.VERIFY);
  }

  /** Whether a look at the schema is asked for that has not been answered. */
  boolean asks() {
    var proof = evidence.proof();
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
  boolean synced() {
    return evidence.synced() != null
        && world.migrationsDigest() != null
        && activeJob().filter(job -> writes(job.step())).isEmpty()
        && !Unfinished.inDoubt(this)
        && inputs(Step.SYNC).digest().equals(evidence.synced().inputs());
  }

  private static boolean writes(Step step) {
    return step == Step.BASELINE || step == Step.SYNC;
  }

  /** Whether all is as wanted, and proven to be. */
  boolean ready() {
    return evidence.baseline() != null
        && synced()
        && Proofs.holds(evidence.proof())
        && Sharing.first(this).isEmpty();
  }

  /** The version that workloads may rely on, or null. */
  String reliableVersion() {
    return evidence.reliable(spec().driftOrUsual().holds());
  }

  /** Whether the plan recorded is about something else than what is wanted now. */
  boolean planOutdated() {
    var plan = evidence.plan();
    return plan != null
        && (!spec().approvedByHand()
            || (world.migrationsDigest() != null
                && !inputs(Step.PLAN).digest().equals(plan.inputs())));
  }

  /** Whether a Job that has not started was made for something that has changed since. */
  boolean stale(ObservedJob job) {
    return world.migrationsDigest() == null
        || !job.inputs().equals(inputs(job.step()).id())
        || !world.factory().templateDigest(world.resource()).equals(job.template());
  }
}
