package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.Pool.Ref;
import io.soabase.recordbuilder.core.RecordBuilder;
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
   * What may still happen that does not have to.
   *
   * @param faults how many things may go wrong
   * @param edits how often a person may change something
   * @param leads how often the leader may change
   * @param jobs how many Jobs may still be made
   * @param tampered whether somebody has deleted a Job by hand
   */
  @RecordBuilder
  record Budget(int faults, int edits, int leads, int jobs, boolean tampered)
      implements BudgetBuilder.With {
    Budget(int faults, int edits, int leads, int jobs) {
      this(faults, edits, leads, jobs, false);
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

  /** With these operators, of which the first leads. */
  State led(Replica first, Replica second) {
    return with().leader(first).other(second).build();
  }

  State breaking(String rule) {
    return withBroken(rule);
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
