package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.InternPool.Ref;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A state of the model.
 *
 * @param resource the SchemaVersion in the API server
 * @param jobs its Jobs in the API server
 * @param leader the operator that is the leader
 * @param other the other operator: on standby, or a former leader that does not know it yet
 * @param database the database
 * @param runners the running processes
 * @param left the remaining budget
 * @param broken the invariant that the last transition violated, or null
 */
@RecordBuilder
record State(
    Ref<Resource> resource,
    Ref<List<Job>> jobs,
    Replica leader,
    Replica other,
    Database database,
    Ref<List<Runner>> runners,
    Budget left,
    String broken)
    implements StateBuilder.With {

  /**
   * The bounds of the exploration.
   *
   * @param faults how many faults may still happen
   * @param edits how many changes by users may still happen
   * @param leads how often the leader may still change
   * @param jobs how many Jobs may still be created
   * @param tampered whether a user has deleted a Job
   * @param waits how often a Job may still be queued because of the limits of Jobs
   */
  @RecordBuilder
  record Budget(int faults, int edits, int leads, int jobs, boolean tampered, int waits)
      implements BudgetBuilder.With {
    Budget(int faults, int edits, int leads, int jobs) {
      this(faults, edits, leads, jobs, false, 0);
    }

    Budget waiting() {
      return withWaits(waits - 1);
    }

    Budget tampering() {
      return withTampered(true);
    }

    Budget fault() {
      return withFaults(faults - 1);
    }

    Budget edit() {
      return withEdits(edits - 1);
    }

    Budget lead() {
      return withLeads(leads - 1);
    }

    Budget job() {
      return withJobs(jobs - 1);
    }
  }

  /** Returns the state with these operators, the first of which is the leader. */
  State led(Replica first, Replica second) {
    return with().leader(first).other(second).build();
  }

  State breaking(String rule) {
    return withBroken(rule);
  }

  /** Returns one line for a trace. */
  String describe() {
    var status = resource.value.status();
    var recorded =
        resource.value.gone()
            ? "the resource is removed"
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
