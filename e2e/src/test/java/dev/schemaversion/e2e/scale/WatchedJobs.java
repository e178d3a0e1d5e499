package dev.schemaversion.e2e.scale;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Watches the operator's Jobs: in which order they are created, and how many run at once. */
final class WatchedJobs implements AutoCloseable, ResourceEventHandler<Job> {
  private static final String RESOURCE = "schemaversion.dev/resource";

  private final SharedIndexInformer<Job> jobs;
  private final List<String> resources = new ArrayList<>();
  private final Set<String> running = new HashSet<>();
  private int most;

  WatchedJobs(KubernetesClient client, String namespace) {
    this.jobs =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withLabel("app.kubernetes.io/managed-by", "schemaversion-operator")
            .inform(this);
  }

  /** The resources of the Jobs, in the order of their creation. */
  synchronized List<String> resources() {
    return List.copyOf(resources);
  }

  /** How many ran at the same time at most. */
  synchronized int most() {
    return most;
  }

  @Override
  public synchronized void onAdd(Job job) {
    resources.add(job.getMetadata().getLabels().get(RESOURCE));
    seen(job);
  }

  @Override
  public synchronized void onUpdate(Job before, Job now) {
    seen(now);
  }

  @Override
  public synchronized void onDelete(Job job, boolean unknown) {
    running.remove(job.getMetadata().getUid());
  }

  private void seen(Job job) {
    var uid = job.getMetadata().getUid();
    boolean ended =
        job.getStatus() != null
            && job.getStatus().getConditions().stream()
                .anyMatch(condition -> Set.of("Complete", "Failed").contains(condition.getType()));
    if (ended) {
      running.remove(uid);
    } else {
      running.add(uid);
    }
    most = Math.max(most, running.size());
  }

  @Override
  public void close() {
    jobs.close();
  }
}
