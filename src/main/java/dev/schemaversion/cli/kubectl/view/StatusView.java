package dev.schemaversion.cli.kubectl.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.cli.kubectl.cluster.Observed;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code status} shows of a resource; JSON and YAML contain it as it is.
 *
 * @param namespace its namespace
 * @param name its name
 * @param version the proven version, or null
 * @param wanted the wanted version, or null if the spec cannot be read
 * @param suspended whether no new Job starts
 * @param problem why the resource cannot be read by this release, or null
 * @param ready the condition Ready, or null before the first reconciliation
 * @param stalled whether a person must act
 * @param plan the plan that waits for approval, or null
 * @param jobs its Jobs: one that has not ended first, then the newest first
 * @param held the number of workloads that it holds
 * @param workloads the workloads that require it, the held ones first
 * @param warnings the newest Events of type Warning
 * @param notes what could not be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record StatusView(
    String namespace,
    String name,
    String version,
    String wanted,
    boolean suspended,
    String problem,
    Condition ready,
    boolean stalled,
    PlanSummary plan,
    List<JobView> jobs,
    int held,
    List<WorkloadView> workloads,
    List<EventView> warnings,
    List<String> notes) {
  private static final String APPROVAL_PENDING = "ApprovalPending";

  /** The plan that waits for approval. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PlanSummary(
      String digest, String from, String to, Integer count, Boolean destructive, String at) {}

  /** Makes the view of a resource. */
  public static StatusView of(Observed observed) {
    var resource = observed.resource();
    var metadata = resource.getMetadata();
    var status = statusOf(resource);
    var ready = condition(status, ConditionType.Ready);
    return StatusViewBuilder.builder()
        .namespace(metadata.getNamespace())
        .name(metadata.getName())
        .version(status.version())
        .wanted(resource.getSpec() == null ? null : resource.getSpec().version())
        .suspended(resource.getSpec() != null && resource.getSpec().suspended())
        .problem(resource.getUnreadable())
        .ready(ready.orElse(null))
        .stalled(
            condition(status, ConditionType.Stalled)
                .filter(stalled -> stalled.getStatus().equals("True"))
                .isPresent())
        .plan(
            ready
                .filter(each -> APPROVAL_PENDING.equals(each.getReason()))
                .map(each -> plan(status))
                .orElse(null))
        .jobs(
            observed.jobs().stream()
                .map(job -> JobView.of(job, observed.pods(), history(status)))
                .sorted(Comparator.comparing(job -> !job.active()))
                .toList())
        .held(Objects.requireNonNullElse(status.held(), 0))
        .workloads(
            WorkloadView.of(
                metadata.getName(),
                Objects.requireNonNullElse(status.workloads(), List.<HeldWorkload>of()),
                observed.workloads()))
        .warnings(EventView.warnings(observed.events()))
        .notes(observed.notes())
        .build();
  }

  /** Returns the state, in one word. */
  public State state() {
    if (problem != null) {
      return State.UNREADABLE;
    }
    if (ready == null) {
      return State.NEW;
    }
    if (ready.getStatus().equals("True")) {
      return State.READY;
    }
    return stalled ? State.STALLED : State.NOT_READY;
  }

  /** Returns what happened, what the state is, and what to do. */
  public String message() {
    return switch (state()) {
      case UNREADABLE ->
          "this release of the plugin does not know the value of %s; use the release of the operator"
              .formatted(problem);
      case NEW -> "the operator has not seen it, or is not running";
      default -> String.valueOf(ready.getMessage());
    };
  }

  /** Returns the status of a resource; an empty one before the first reconciliation. */
  public static SchemaVersionStatus statusOf(SchemaVersion resource) {
    return Objects.requireNonNullElse(resource.getStatus(), SchemaVersionStatus.NONE);
  }

  /** Returns a condition of a status. */
  public static Optional<Condition> condition(SchemaVersionStatus status, ConditionType type) {
    return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
        .filter(condition -> type.name().equals(condition.getType()))
        .findFirst();
  }

  /** Returns the record of ended Jobs, the latest one last. */
  public static List<Operation> history(SchemaVersionStatus status) {
    return Objects.requireNonNullElse(status.history(), List.of());
  }

  private static PlanSummary plan(SchemaVersionStatus status) {
    var plan = status.plan();
    return plan == null
        ? null
        : new PlanSummary(
            plan.digest(),
            plan.from(),
            plan.to(),
            plan.count(),
            plan.destructive() == null ? null : true,
            plan.at());
  }
}
