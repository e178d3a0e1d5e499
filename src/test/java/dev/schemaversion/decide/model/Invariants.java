package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.decide.ObservedJob;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.HashSet;
import java.util.Optional;

/**
 * What must be true whatever happens.
 *
 * @param alone whether a Job is made only where no other one is; else where none is for the same
 */
record Invariants(boolean alone) {

  /** The rule that is broken in a state, if one is. */
  Optional<String> broken(State state) {
    if (state.broken() != null) {
      return Optional.of(state.broken());
    }
    var database = state.database();
    if (state.runners().value.stream().filter(Runner::works).count() > 1) {
      return Optional.of("two runners are at work on the database");
    }
    if (database.first() > 1 || database.second() > 1) {
      return Optional.of("a migration has run twice");
    }
    // Once a name is free again by hand, an older Job's end may be taken for the newer one's.
    if (!state.left().tampered() && twins(state)) {
      return Optional.of("two Jobs are there that have not ended");
    }
    if (state.resource().value.gone()) {
      return Optional.empty();
    }
    return gate(state.resource().value, database).or(() -> ready(state));
  }

  private boolean twins(State state) {
    var active = new HashSet<String>();
    return state.jobs().value.stream()
        .filter(job -> !job.is(ObservedJob.State.ENDED))
        .anyMatch(job -> !active.add(alone ? "" : job.step() + job.seen().inputs()));
  }

  /**
   * The gate lets everything start that runs from the version recorded on, and up to what is about
   * to come: so the database must be somewhere between.
   */
  private static Optional<String> gate(Resource resource, Database database) {
    var status = resource.status();
    boolean counts =
        status.version() != null
            && !resource.deleting()
            && status.observedGeneration() == resource.generation();
    if (!counts) {
      return Optional.empty();
    }
    int present = Integer.parseInt(status.version());
    int target = status.target() == null ? present : Integer.parseInt(status.target());
    if (present > database.version()) {
      return Optional.of("a workload may start that needs what is not there");
    }
    return database.highest() > Math.max(present, target)
        ? Optional.of("a workload may start that does not run on what is there")
        : Optional.empty();
  }

  private static Optional<String> ready(State state) {
    var resource = state.resource().value;
    boolean ready =
        resource.status().observedGeneration() != null
            && resource.status().observedGeneration() == resource.generation()
            && is(resource, ConditionType.Ready);
    var database = state.database();
    return ready && (database.version() != resource.wanted() || database.between())
        ? Optional.of("Ready, but the database is not at the version wanted")
        : Optional.empty();
  }

  /** Whether nothing more has to happen, or somebody is told what to do. */
  static boolean settled(State state) {
    var resource = state.resource().value;
    return resource.gone()
        || is(resource, ConditionType.Ready)
        || stalled(resource)
        || (resource.suspended() && says(resource, Reason.Suspended));
  }

  private static boolean says(Resource resource, Reason reason) {
    return resource.status().conditions().stream()
        .filter(condition -> condition.getType().equals(ConditionType.Ready.name()))
        .anyMatch(condition -> condition.getReason().equals(reason.name()));
  }

  private static boolean stalled(Resource resource) {
    return resource.status().conditions().stream()
        .filter(condition -> condition.getType().equals(ConditionType.Stalled.name()))
        .anyMatch(c -> c.getStatus().equals("True") && !c.getMessage().isBlank());
  }

  private static boolean is(Resource resource, ConditionType type) {
    return resource.status().conditions().stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .map(Condition::getStatus)
        .anyMatch("True"::equals);
  }
}
