package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.Inputs;
import java.util.Comparator;
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
    return Inputs.of(world.resource(), step, world.migrationsDigest());
  }

  /**
   * Whether the last sync was made with exactly what is wanted now, and no Job is there that may be
   * about to change the database.
   */
  boolean synced() {
    return evidence.synced() != null
        && world.migrationsDigest() != null
        && activeJob().isEmpty()
        && inputs(Step.SYNC).digest().equals(evidence.synced().inputs());
  }

  /** Whether a Job that has not started was made for something that has changed since. */
  boolean stale(ObservedJob job) {
    return world.migrationsDigest() == null
        || !job.inputs().equals(inputs(job.step()).id())
        || !world.factory().templateDigest(world.resource()).equals(job.template());
  }
}
