package dev.schemaversion.operator.queue;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.ManagedInformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Indexes the Jobs that have not ended, because the cache has many that have. */
public final class IndexedJobs implements CachedJobs {
  private static final String BY_STATE = "state";
  private static final String UNFINISHED = "unfinished";

  private final ManagedInformerEventSource<Job, ?, ?> jobs;

  /** Adds the index to an event source that is not started yet. */
  public IndexedJobs(ManagedInformerEventSource<Job, ?, ?> jobs) {
    this.jobs = jobs;
    jobs.addIndexers(Map.of(BY_STATE, job -> isFinished(job) ? List.of() : List.of(UNFINISHED)));
  }

  @Override
  public List<Job> unfinished() {
    return jobs.byIndex(BY_STATE, UNFINISHED);
  }

  @Override
  public boolean contains(ResourceID job) {
    return jobs.get(job).isPresent();
  }

  /** Returns whether a Job has a final condition, so that none of its pods runs. */
  public static boolean isFinished(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    Set.of("Complete", "Failed").contains(condition.getType())
                        && condition.getStatus().equals("True"));
  }
}
