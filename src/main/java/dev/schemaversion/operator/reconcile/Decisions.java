package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.operator.queue.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Makes decisions with what only this process knows: the syncs whose Jobs it did not create, and
 * whether the queue has a place for the next Job.
 */
@ApplicationScoped
class Decisions {
  private final NeverCreatedSyncs neverCreated;
  private final JobQueue queue;

  Decisions(NeverCreatedSyncs neverCreated, JobQueue queue) {
    this.neverCreated = neverCreated;
    this.queue = queue;
  }

  /** Returns the decision; if its Job must wait, the decision to wait. */
  Decision next(ClusterState cluster) {
    var seen = neverCreated.without(cluster);
    var decision = Decide.next(seen);
    return queue
        .ask(cluster.resource(), decision.demand())
        .map(queued -> Decide.next(seen.withQueued(queued)))
        .orElse(decision);
  }

  /** Notes that a reconciliation has failed: its Job must not keep others waiting. */
  void failed(SchemaVersion resource) {
    queue.abandon(resource);
  }

  /** Forgets a resource that was deleted. */
  void forget(SchemaVersion resource) {
    neverCreated.remove(resource);
    queue.forget(resource);
  }
}
