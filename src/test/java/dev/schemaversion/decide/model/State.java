package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.Pool.Ref;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All there is at one moment.
 *
 * @param resource the SchemaVersion, as the API server has it
 * @param jobs its Jobs, as the API server has them
 * @param leader the operator that leads
 * @param other the one that waits, or has led and does not know yet that it leads no more
 * @param database the database
 * @param runners the processes that live
 * @param left what may still go wrong or be changed
 * @param broken what has gone wrong in the move that led here, or null
 */
record State(
    Ref<Resource> resource,
    Ref<List<Job>> jobs,
    Replica leader,
    Replica other,
    Database database,
    Ref<List<Runner>> runners,
    Budget left,
    String broken) {

  /**
   * What may still happen that does not have to.
   *
   * @param faults how many things may go wrong
   * @param edits how often a person may change something
   * @param leads how often the leader may change
   * @param jobs how many Jobs may still be made
   * @param tampered whether somebody has deleted a Job by hand
   */
  record Budget(int faults, int edits, int leads, int jobs, boolean tampered) {
    Budget(int faults, int edits, int leads, int jobs) {
      this(faults, edits, leads, jobs, false);
    }

    Budget tampering() {
      return new Budget(faults, edits, leads, jobs, true);
    }

    Budget fault() {
      return new Budget(faults - 1, edits, leads, jobs, tampered);
    }

    Budget edit() {
      return new Budget(faults, edits - 1, leads, jobs, tampered);
    }

    Budget lead() {
      return new Budget(faults, edits, leads - 1, jobs, tampered);
    }

    Budget job() {
      return new Budget(faults, edits, leads, jobs - 1, tampered);
    }
  }

  State with(Ref<Resource> other) {
    return new State(other, jobs, leader, this.other, database, runners, left, broken);
  }

  State withJobs(Ref<List<Job>> others) {
    return new State(resource, others, leader, other, database, runners, left, broken);
  }

  State with(Replica first, Replica second) {
    return new State(resource, jobs, first, second, database, runners, left, broken);
  }

  State with(Database changed, Ref<List<Runner>> others) {
    return new State(resource, jobs, leader, other, changed, others, left, broken);
  }

  State with(Budget less) {
    return new State(resource, jobs, leader, other, database, runners, less, broken);
  }

  State breaking(String rule) {
    return new State(resource, jobs, leader, other, database, runners, left, rule);
  }

  /** In a line, for stories. */
  String told() {
    var status = resource.value.status();
    var recorded =
        resource.value.gone()
            ? "the resource is gone"
            : "wanted %d, recorded %s%s"
                .formatted(
                    resource.value.wanted(),
                    status.version(),
                    status.target() == null ? "" : " towards " + status.target());
    var there =
        jobs.value.stream()
            .map(job -> job.seen().name().substring("glance-".length()) + " " + job.seen().state())
            .collect(Collectors.joining(", "));
    return "%s; %s%s".formatted(recorded, database, there.isEmpty() ? "" : "; " + there);
  }
}
