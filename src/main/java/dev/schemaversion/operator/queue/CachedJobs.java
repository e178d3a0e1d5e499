package dev.schemaversion.operator.queue;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;

/** The operator's Jobs, as the cache shows them. */
public interface CachedJobs {
  /** The cache before it is filled. */
  CachedJobs NONE =
      new CachedJobs() {
        @Override
        public List<Job> unfinished() {
          return List.of();
        }

        @Override
        public boolean contains(ResourceID job) {
          return false;
        }
      };

  /** Returns the Jobs that have not ended. */
  List<Job> unfinished();

  /** Returns whether the cache has a Job, ended or not. */
  boolean contains(ResourceID job);
}
