package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.decide.ObservedJob;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.HashSet;
import java.util.Optional;

/**
 * The invariants of the model, which must hold in every reachable state.
 *
 * @param listsJobs whether at most one Job may be active; otherwise at most one for each step and
 *     inputs
 */
record Invariants(boolean listsJobs) {

  /** Returns the invariant that a state violates; empty if it violates none. */
  Optional<String> broken(State state) {
    if (state.broken() != null) {
      return Optional.of(state.broken());
    }
    var database = state.database();
    if (state.runners().value.stream().filter(Runner::works).count() > 1) {
      return Optional.of("two runners work on the database at the same time");
    }
    if (database.first() > 1 || database.second() > 1) {
      return Optional.of("a migration ran twice");
    }
    // After a user has deleted a Job, its name may be used twice.
    if (!state.left().tampered() && duplicateJobs(state)) {
      return Optional.of("two Jobs are active at the same time");
    }
    if (state.resource().value.gone()) {
      return Optional.empty();
    }
    return gate(state.resource().value, database).or(() -> ready(state));
  }

  private boolean duplicateJobs(State state) {
    var active = new HashSet<String>();
    return state.jobs().value.stream()
        .filter(job -> !job.is(ObservedJob.State.ENDED))
        .anyMatch(job -> !active.add(listsJobs ? "" : job.step() + job.seen().inputs()));
  }

  /**
   * The gate releases workloads that run on all versions from the recorded one to the target. So
   * the version of the database must be in this range.
   */
  private static Optional<String> gate(Resource resource, Database database) {
    var status = resource.status();
    boolean current =
        status.version() != null
            && !resource.deleting()
            && status.observedGeneration() == resource.generation();
    if (!current) {
      return Optional.empty();
    }
    int recorded = Integer.parseInt(status.version());
    int target = status.target() == null ? recorded : Integer.parseInt(status.target());
    if (recorded > database.version()) {
      return Optional.of("the gate releases a workload that requires a higher version");
    }
    return database.highest() > Math.max(recorded, target)
        ? Optional.of("the gate releases a workload that does not run on the current version")
        : Optional.empty();
  }

  private static Optional<String> ready(State state) {
    var resource = state.resource().value;
    boolean ready =
        resource.status().observedGeneration() != null
            && resource.status().observedGeneration() == resource.generation()
            && is(resource, ConditionType.Ready);
    var database = state.database();
    if (!ready) {
      return Optional.empty();
    }
    if (database.version() != resource.wanted() || database.between()) {
      return Optional.of("the resource is Ready, but the database is not at the wanted version");
    }
    return database.unfinished()
        ? Optional.of("the resource is Ready, but the repeatable migration has not run")
        : Optional.empty();
  }

  /**
   * Returns whether the resource is in a final state: Ready, stalled with a message, suspended or
   * gone.
   */
  static boolean settled(State state) {
    var resource = state.resource().value;
    return resource.gone()
        || is(resource, ConditionType.Ready)
        || stalled(resource)
        || (resource.suspended() && hasReason(resource, Reason.Suspended));
  }

  private static boolean hasReason(Resource resource, Reason reason) {
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
