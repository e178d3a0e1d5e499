package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.status.InterruptedSync;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The syncs that the status records and whose Jobs this process did not create: it has sent no
 * request, or the API server rejected it. Such a sync was not interrupted.
 *
 * <p>This is not written to the status. On a busy API server a decision would be stale again after
 * each write, and the Job would never be created. After a restart of this process the sync counts
 * as interrupted, which is safe: the next one proves the version first.
 */
@ApplicationScoped
class NeverCreatedSyncs {
  /** By the UID of the resource, the name of the Job. */
  private final Map<String, String> jobs = new ConcurrentHashMap<>();

  /** Notes that no Job of this name was created. */
  void add(SchemaVersion resource, String job) {
    jobs.put(resource.getMetadata().getUid(), job);
  }

  /** Forgets a resource: the request for its Job is about to be sent, or it was deleted. */
  void remove(SchemaVersion resource) {
    jobs.remove(resource.getMetadata().getUid());
  }

  /** Returns the state without the record of a sync whose Job was not created. */
  ClusterState without(ClusterState cluster) {
    var resource = cluster.resource();
    var job = jobs.get(resource.getMetadata().getUid());
    if (job == null || resource.getStatus() == null) {
      return cluster;
    }
    var without = InterruptedSync.withoutNeverCreated(resource.getStatus(), job);
    return without.equals(resource.getStatus())
        ? cluster
        : cluster.withResource(with(resource, without));
  }

  private static SchemaVersion with(SchemaVersion resource, SchemaVersionStatus status) {
    var copy = new SchemaVersion();
    copy.setMetadata(resource.getMetadata());
    copy.setSpec(resource.getSpec());
    copy.setStatus(status);
    return copy;
  }
}
