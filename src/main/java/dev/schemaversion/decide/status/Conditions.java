package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.rule.RuleResult;
import dev.schemaversion.decide.rule.RuleResult.Progress;
import dev.schemaversion.decide.rule.SharedDatabases;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Creates the conditions of a status. No other class does. */
public final class Conditions {
  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String UNKNOWN = "Unknown";

  /** Keeps the message short; {@code status.workloads} lists more. */
  private static final int MAX_WORKLOADS_NAMED = 5;

  private final List<Condition> before;
  private final Long generation;
  private final Instant now;

  /**
   * Creates conditions for a generation.
   *
   * @param before the recorded conditions, whose transition times stay while their status stays
   */
  public Conditions(List<Condition> before, Long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now;
  }

  /** Returns all conditions. */
  public List<Condition> of(ReconcileContext context, RuleResult result, List<HeldWorkload> held) {
    return List.of(
        ready(context, result),
        flag(ConditionType.Reconciling, result, Progress.RECONCILING),
        flag(ConditionType.Stalled, result, Progress.STALLED),
        baselined(context, result),
        synced(context, result),
        proven(context, result),
        released(held));
  }

  private Condition ready(ReconcileContext context, RuleResult result) {
    var note = SharedDatabases.note(context);
    return context.ready()
        ? condition(ConditionType.Ready, TRUE, Reason.AtVersion.name(), at(context) + note)
        : condition(ConditionType.Ready, FALSE, result.reason(), result.message() + note);
  }

  /** Sets the message only where the condition is true, so that it is not repeated. */
  private Condition flag(ConditionType type, RuleResult result, Progress progress) {
    return result.progress() == progress
        ? condition(type, TRUE, result.reason(), result.message())
        : condition(type, FALSE, result.reason(), "");
  }

  private Condition baselined(ReconcileContext context, RuleResult result) {
    var baseline = context.recordedState().baseline();
    if (baseline == null) {
      return pending(ConditionType.Baselined, result, Step.BASELINE, Reason.BaselinePending);
    }
    var message =
        switch (baseline.source()) {
          case "Empty" -> "the database was empty";
          case "Accepted" ->
              "the database was at %s, except for the accepted difference"
                  .formatted(baseline.version());
          // Also for a value that a newer release wrote.
          default -> "the database was at %s".formatted(baseline.version());
        };
    return condition(ConditionType.Baselined, TRUE, baseline.source(), message);
  }

  private Condition synced(ReconcileContext context, RuleResult result) {
    return context.synced()
        ? condition(ConditionType.Synced, TRUE, Reason.AtVersion.name(), at(context))
        : pending(ConditionType.Synced, result, Step.SYNC, Reason.SyncPending);
  }

  private Condition proven(ReconcileContext context, RuleResult result) {
    var proof = context.recordedState().proof();
    if (proof == null) {
      return pending(ConditionType.Proven, UNKNOWN, result, Step.PROVE, Reason.ProofPending);
    }
    var notice = result.notice() == null ? "" : "; " + result.notice().message();
    if (ProofRecord.holds(proof)) {
      boolean accepted = Verdict.Accepted.name().equals(proof.verdict());
      return condition(
          ConditionType.Proven,
          TRUE,
          (accepted ? Reason.Accepted : Reason.Proven).name(),
          ProofMessages.holding(proof) + notice);
    }
    boolean different = Verdict.Different.name().equals(proof.verdict());
    return condition(
        ConditionType.Proven,
        different ? FALSE : UNKNOWN,
        proof.reason(),
        ProofMessages.failing(proof) + notice);
  }

  private Condition pending(ConditionType type, RuleResult result, Step step, Reason otherwise) {
    return pending(type, FALSE, result, step, otherwise);
  }

  private Condition pending(
      ConditionType type, String status, RuleResult result, Step step, Reason otherwise) {
    return result.step().filter(step::equals).isPresent()
        ? condition(type, status, result.reason(), result.message())
        : condition(type, status, otherwise.name(), "not done yet");
  }

  private Condition released(List<HeldWorkload> held) {
    if (held.isEmpty()) {
      return condition(
          ConditionType.Released, TRUE, Reason.NothingHeld.name(), "the gate holds no workload");
    }
    var named =
        held.stream()
            .limit(MAX_WORKLOADS_NAMED)
            .map(w -> "%s %s (%s)".formatted(w.kind(), w.name(), w.verdict()))
            .collect(Collectors.joining(", "));
    var more = held.size() > MAX_WORKLOADS_NAMED ? ", and others" : "";
    return condition(
        ConditionType.Released,
        FALSE,
        Reason.WorkloadsHeld.name(),
        "the gate holds: " + named + more);
  }

  private static String at(ReconcileContext context) {
    return "the database is at %s".formatted(context.recordedState().version());
  }

  private Condition condition(ConditionType type, String status, String reason, String message) {
    var since =
        before.stream()
            .filter(c -> c.getType().equals(type.name()) && Objects.equals(c.getStatus(), status))
            .map(Condition::getLastTransitionTime)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type.name())
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }
}
