package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.gate.HeldWorkloads;
import dev.schemaversion.decide.rule.RetryPolicy;
import dev.schemaversion.decide.rule.RuleResult;
import dev.schemaversion.decide.rule.SharedDatabases;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides which changes of a status emit Events. */
public final class EventPolicy {
  /** Reasons of rules that emit an Event, because no ended Job emits one for them. */
  private static final Set<String> EMITTED =
      Set.of(
          Reason.MigrationsNotFound.name(),
          Outcome.MIGRATIONS_TOO_LARGE.reason(),
          Reason.DowngradeRefused.name(),
          Reason.DatabaseShared.name(),
          Reason.ScratchNotPermitted.name(),
          Reason.JobPending.name(),
          Reason.ApprovalPending.name(),
          Reason.AtVersion.name());

  /** The reasons among them whose Event has type Normal. */
  private static final Set<String> NORMAL =
      Set.of(Reason.AtVersion.name(), Reason.ApprovalPending.name());

  private EventPolicy() {}

  /** Returns the Event for an ended Job. A successful verification emits none. */
  public static List<Action> ended(Operation operation) {
    boolean done = RetryPolicy.kind(operation.reason()) == Kind.DONE;
    return done && operation.step().equals(Step.VERIFY.label())
        ? List.of()
        : List.of(
            new Action.EmitEvent(
                !done,
                operation.reason(),
                "Job %s: %s".formatted(operation.job(), operation.message())));
  }

  /** Returns the Event for an ended Job that wrote new checksums into the history. */
  public static List<Action> checksumsUpdated(ObservedJob job) {
    var scripts = job.report() == null ? null : job.report().checksumsUpdated();
    return scripts == null || scripts.isEmpty()
        ? List.of()
        : List.of(
            new Action.EmitEvent(
                false,
                Reason.ChecksumsUpdated.name(),
                "Job %s: the history has the checksums of the files as they are now for %s. These files build the schema found; rows of data were not compared"
                    .formatted(job.name(), String.join(", ", scripts))));
  }

  /** Returns the Event for an ended sync that adopted objects which were created by hand. */
  public static List<Action> adopted(ObservedJob job) {
    var objects = job.report() == null ? null : job.report().adopted();
    return objects == null || objects.isEmpty()
        ? List.of()
        : List.of(
            new Action.EmitEvent(
                false,
                Reason.HotfixAdopted.name(),
                "Job %s: the database had objects that were created by hand and that the migrations create too: %s. The rehearsal proved that both lead to the same schema; rows of data were not compared"
                    .formatted(job.name(), String.join(", ", objects))));
  }

  /**
   * Returns the warning about tables that others had to wait for in a sync, or would have to. What
   * a plan found is in its own Event.
   */
  public static List<Action> tablesLocked(ObservedJob job) {
    var locks = job.report() == null || job.step() != Step.SYNC ? null : job.report().locks();
    return locks == null || locks.warnings() == null || locks.warnings().isEmpty()
        ? List.of()
        : List.of(
            new Action.EmitEvent(
                true,
                Reason.TablesLocked.name(),
                "Job %s: as the rehearsal showed, %s"
                    .formatted(job.name(), String.join("; ", locks.warnings()))));
  }

  /** Returns the Event for an ended Job that found rows which may make the migrations fail. */
  public static List<Action> rowWarnings(ObservedJob job) {
    var warnings = job.report() == null ? null : job.report().rowWarnings();
    return warnings == null || warnings.isEmpty()
        ? List.of()
        : List.of(
            new Action.EmitEvent(
                true,
                Reason.RowsMayViolateConstraint.name(),
                "Job %s: a pending migration may correct these rows; if none does, the sync fails on them: %s"
                    .formatted(job.name(), String.join("; ", warnings))));
  }

  /**
   * Returns a warning if a successful Job, such as a verification that read another history, has
   * withdrawn the proven version. For a failed Job, its own Event says so.
   *
   * @param before the proven version before the Job, or null
   * @param now the recorded state including the ended Job
   */
  public static List<Action> withdrawn(String before, RecordedState now) {
    var ended = now.history().getLast();
    boolean withdrawn =
        before != null && now.version() == null && RetryPolicy.kind(ended.reason()) == Kind.DONE;
    return withdrawn
        ? List.of(
            new Action.EmitEvent(
                true,
                Reason.VersionWithdrawn.name(),
                "the database was proven to be at %s, and now %s: a backup was restored, or another tool migrated the database. The gate holds all workloads that require it until its current version is proven"
                    .formatted(
                        before,
                        ended.version() == null
                            ? "has no history"
                            : "its history says " + ended.version())))
        : List.of();
  }

  /** Returns the Events for the result of the rules, as far as the result is new. */
  public static List<Action> of(
      ReconcileContext context, RuleResult result, SchemaVersionStatus before) {
    var events = new ArrayList<Action>();
    var ready = condition(before, ConditionType.Ready);
    var note = SharedDatabases.note(context);
    if (!note.isEmpty() && ready.filter(c -> c.getMessage().endsWith(note)).isEmpty()) {
      events.add(new Action.EmitEvent(true, Reason.DatabaseShared.name(), note.substring(2)));
    }
    if (EMITTED.contains(result.reason())
        && ready.filter(c -> result.reason().equals(c.getReason())).isEmpty()) {
      events.add(
          new Action.EmitEvent(
              !NORMAL.contains(result.reason()), result.reason(), result.message()));
    }
    var notice = result.notice();
    if (notice != null
        && notice.reason().equals(Reason.JobPending.name())
        && condition(before, ConditionType.Proven)
            .filter(c -> c.getMessage().contains(notice.message()))
            .isEmpty()) {
      events.add(new Action.EmitEvent(true, notice.reason(), notice.message()));
    }
    return events;
  }

  /** Returns the Events for workloads that are newly held, held for another reason, or released. */
  public static List<Action> held(List<HeldWorkload> now, SchemaVersionStatus before) {
    var known =
        Objects.requireNonNullElse(before.workloads(), List.<HeldWorkload>of()).stream()
            // The verdict of an earlier release may have another name.
            .collect(
                Collectors.toMap(
                    EventPolicy::name,
                    held -> String.valueOf(held.verdict()),
                    (one, other) -> one));
    var stillHeld = now.stream().map(EventPolicy::name).collect(Collectors.toSet());
    var newlyHeld =
        now.stream()
            .limit(HeldWorkloads.LISTED)
            .filter(held -> !held.verdict().equals(known.get(name(held))))
            .filter(held -> !held.verdict().equals(Reason.RolloutReleased.name()))
            .map(
                held ->
                    new Action.EmitEvent(
                        true,
                        held.verdict(),
                        "the gate holds %s%s"
                            .formatted(
                                name(held),
                                held.needs() == null ? "" : ", which requires " + held.needs())));
    var released =
        known.keySet().stream()
            .filter(name -> !stillHeld.contains(name))
            .sorted()
            .map(
                name ->
                    new Action.EmitEvent(
                        false, Reason.RolloutReleased.name(), "the gate has released " + name));
    return Stream.<Action>concat(newlyHeld, released).toList();
  }

  private static String name(HeldWorkload held) {
    return held.kind() + " " + held.name();
  }

  private static Optional<Condition> condition(SchemaVersionStatus status, ConditionType type) {
    return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .findFirst();
  }
}
