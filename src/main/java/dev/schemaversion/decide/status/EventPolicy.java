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

/** What is worth an Event. */
public final class EventPolicy {
  /** Reasons that come without a Job, and so without an Event of its end. */
  private static final Set<String> WORTH_AN_EVENT =
      Set.of(
          Reason.MigrationsNotFound.name(),
          Outcome.MIGRATIONS_TOO_LARGE.reason(),
          Reason.DowngradeRefused.name(),
          Reason.DatabaseShared.name(),
          Reason.JobPending.name(),
          Reason.ApprovalPending.name(),
          Reason.AtVersion.name());

  /** Of these, the ones that are no warning. */
  private static final Set<String> FINE =
      Set.of(Reason.AtVersion.name(), Reason.ApprovalPending.name());

  private EventPolicy() {}

  /** A look at the schema that found nothing is no news. */
  public static List<Action> ended(Operation operation) {
    boolean done = RetryPolicy.kind(operation.reason()) == Kind.DONE;
    return done && operation.step().equals(Step.VERIFY.label())
        ? List.of()
        : List.of(
            new Action.Tell(
                !done,
                operation.reason(),
                "Job %s: %s".formatted(operation.job(), operation.message())));
  }

  /**
   * That workloads may not rely any more on the version they could rely on. A Job that fails says
   * so itself; a look that found another history has done what it was there for.
   *
   * @param relied the version until now, or null
   * @param now the evidence with the Job that ended in it
   */
  public static List<Action> withdrawn(String relied, RecordedState now) {
    var looked = now.history().getLast();
    boolean withdrawn =
        relied != null && now.version() == null && RetryPolicy.kind(looked.reason()) == Kind.DONE;
    return withdrawn
        ? List.of(
            new Action.Tell(
                true,
                Reason.VersionWithdrawn.name(),
                "the database was proven to be at %s, and %s now: somebody restored a backup, or migrated it with something else. What needs a version of it is held until what is there is proven"
                    .formatted(
                        relied,
                        looked.version() == null
                            ? "has no history"
                            : "its history says " + looked.version())))
        : List.of();
  }

  /** What comes without a Job's end, when it is new. */
  public static List<Action> of(
      ReconcileContext context, RuleResult ruling, SchemaVersionStatus before) {
    var news = new ArrayList<Action>();
    var ready = condition(before, ConditionType.Ready);
    var beside = SharedDatabases.beside(context);
    if (!beside.isEmpty() && ready.filter(c -> c.getMessage().endsWith(beside)).isEmpty()) {
      news.add(new Action.Tell(true, Reason.DatabaseShared.name(), beside.substring(2)));
    }
    if (WORTH_AN_EVENT.contains(ruling.reason())
        && ready.filter(c -> ruling.reason().equals(c.getReason())).isEmpty()) {
      news.add(new Action.Tell(!FINE.contains(ruling.reason()), ruling.reason(), ruling.message()));
    }
    var aside = ruling.aside();
    if (aside != null
        && aside.reason().equals(Reason.JobPending.name())
        && condition(before, ConditionType.Proven)
            .filter(c -> c.getMessage().contains(aside.message()))
            .isEmpty()) {
      news.add(new Action.Tell(true, aside.reason(), aside.message()));
    }
    return news;
  }

  /** Who begins to wait, or waits for another reason; and who waits no more. */
  public static List<Action> held(List<HeldWorkload> now, SchemaVersionStatus before) {
    var known =
        Objects.requireNonNullElse(before.workloads(), List.<HeldWorkload>of()).stream()
            // An earlier release told the reason by another name.
            .collect(
                Collectors.toMap(
                    EventPolicy::name,
                    held -> String.valueOf(held.verdict()),
                    (one, other) -> one));
    var waiting = now.stream().map(EventPolicy::name).collect(Collectors.toSet());
    var begins =
        now.stream()
            .limit(HeldWorkloads.LISTED)
            .filter(held -> !held.verdict().equals(known.get(name(held))))
            .filter(held -> !held.verdict().equals(Reason.RolloutReleased.name()))
            .map(
                held ->
                    new Action.Tell(
                        true,
                        held.verdict(),
                        "%s is held by the gate%s"
                            .formatted(
                                name(held),
                                held.needs() == null ? "" : "; it needs " + held.needs())));
    var ends =
        known.keySet().stream()
            .filter(name -> !waiting.contains(name))
            .sorted()
            .map(
                name ->
                    new Action.Tell(
                        false, Reason.RolloutReleased.name(), name + " is not held any more"));
    return Stream.<Action>concat(begins, ends).toList();
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
