package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.InternPool.Ref;
import java.util.List;

/**
 * An operator with its caches, possibly in the middle of a pass.
 *
 * @param cache the content of its caches
 * @param pass the view on which the current pass is based, including the writes of the pass
 * @param todo the remaining requests of that pass, in order
 * @param neverCreated the Job that the process remembers not to have created, or null
 */
record Replica(View cache, View pass, Ref<List<ApiRequest>> todo, String neverCreated) {
  /**
   * A view of the cluster.
   *
   * @param resource the resource
   * @param latest whether its resourceVersion is current
   * @param jobs the Jobs with their pods
   */
  record View(Ref<Resource> resource, boolean latest, Ref<List<Job>> jobs) {
    View outdated() {
      return latest ? new View(resource, false, jobs) : this;
    }

    View seeing(Ref<Resource> other) {
      return new View(other, true, jobs);
    }

    View seeingJobs(Ref<List<Job>> others) {
      return new View(resource, latest, others);
    }
  }

  boolean busy() {
    return !todo.value.isEmpty();
  }

  /** Returns the operator after another client has written to the resource. */
  Replica outdated() {
    return new Replica(cache.outdated(), pass == null ? null : pass.outdated(), todo, neverCreated);
  }

  Replica seeing(View other) {
    return new Replica(other, pass, todo, neverCreated);
  }

  /** Returns the operator after it has, or has not, sent the request for a Job. */
  Replica remembering(String job) {
    return new Replica(cache, pass, todo, job);
  }
}
