package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.Pool.Ref;
import java.util.List;

/**
 * An operator with its caches, perhaps in the middle of a pass.
 *
 * @param cache what it sees
 * @param pass what the pass it is in was decided from; its last writes are in it
 * @param todo what is left of that pass, in its order
 */
record Replica(View cache, View pass, Ref<List<Op>> todo) {
  /**
   * A view of the world.
   *
   * @param resource the resource
   * @param latest whether nobody has written to the resource since: the resourceVersion is current
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

  /** Somebody else has written to the resource. */
  Replica outdated() {
    return new Replica(cache.outdated(), pass == null ? null : pass.outdated(), todo);
  }

  Replica seeing(View other) {
    return new Replica(other, pass, todo);
  }
}
