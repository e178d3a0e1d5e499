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

/** The only place where conditions are made. */
public final class Conditions {
  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String UNKNOWN = "Unknown";

  /** The message of a condition may have 32 KiB; a list of workloads should not fill it. */
  private static final int WORKLOADS_NAMED = 5;

  private final List<Condition> before;
  private final Long generation;
  private final Instant now;

  /**
   * Conditions for a generation.
   *
   * @param before the conditions recorded, whose times are kept where the status stays
   */
  public Conditions(List<Condition> before, Long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now;
  }

  public List<Condition> of(ReconcileContext context, RuleResult ruling, List<HeldWorkload> held) {
    return List.of(
        ready(context, ruling),
        flag(ConditionType.Reconciling, ruling, Progress.RECONCILING),
        flag(ConditionType.Stalled, ruling, Progress.STALLED),
        baselined(context, ruling),
        synced(context, ruling),
        proven(context, ruling),
        released(held));
  }

  private Condition ready(ReconcileContext context, RuleResult ruling) {
    var beside = SharedDatabases.beside(context);
    return context.ready()
        ? condition(ConditionType.Ready, TRUE, Reason.AtVersion.name(), at(context) + beside)
        : condition(ConditionType.Ready, FALSE, ruling.reason(), ruling.message() + beside);
  }

  /** Says why only where it is so: five times the same sentence would hide the others. */
  private Condition flag(ConditionType type, RuleResult ruling, Progress progress) {
    return ruling.progress() == progress
        ? condition(type, TRUE, ruling.reason(), ruling.message())
        : condition(type, FALSE, ruling.reason(), "");
  }

  private Condition baselined(ReconcileContext context, RuleResult ruling) {
    var baseline = context.recordedState().baseline();
    if (baseline == null) {
      return pending(ConditionType.Baselined, ruling, Step.BASELINE, Reason.BaselinePending);
    }
    var message =
        switch (baseline.source()) {
          case "Empty" -> "the database was empty";
          case "Accepted" ->
              "the database was at %s, but for the difference that is accepted"
                  .formatted(baseline.version());
          // A word that a newer release wrote.
          default -> "the database was at %s".formatted(baseline.version());
        };
    return condition(ConditionType.Baselined, TRUE, baseline.source(), message);
  }

  private Condition synced(ReconcileContext context, RuleResult ruling) {
    return context.synced()
        ? condition(ConditionType.Synced, TRUE, Reason.AtVersion.name(), at(context))
        : pending(ConditionType.Synced, ruling, Step.SYNC, Reason.SyncPending);
  }

  private Condition proven(ReconcileContext context, RuleResult ruling) {
    var proof = context.recordedState().proof();
    if (proof == null) {
      return pending(ConditionType.Proven, UNKNOWN, ruling, Step.PROVE, Reason.ProofPending);
    }
    var beside = ruling.aside() == null ? "" : "; " + ruling.aside().message();
    if (ProofRecorder.holds(proof)) {
      boolean accepted = Verdict.Accepted.name().equals(proof.verdict());
      return condition(
          ConditionType.Proven,
          TRUE,
          (accepted ? Reason.Accepted : Reason.Proven).name(),
          ProofMessages.holding(proof) + beside);
    }
    boolean different = Verdict.Different.name().equals(proof.verdict());
    return condition(
        ConditionType.Proven,
        different ? FALSE : UNKNOWN,
        proof.reason(),
        ProofMessages.failing(proof) + beside);
  }

  private Condition pending(ConditionType type, RuleResult ruling, Step step, Reason otherwise) {
    return pending(type, FALSE, ruling, step, otherwise);
  }

  private Condition pending(
      ConditionType type, String status, RuleResult ruling, Step step, Reason otherwise) {
    return ruling.step().filter(step::equals).isPresent()
        ? condition(type, status, ruling.reason(), ruling.message())
        : condition(type, status, otherwise.name(), "not yet");
  }

  private Condition released(List<HeldWorkload> held) {
    if (held.isEmpty()) {
      return condition(
          ConditionType.Released, TRUE, Reason.NothingHeld.name(), "no workload is held");
    }
    var named =
        held.stream()
            .limit(WORKLOADS_NAMED)
            .map(w -> "%s %s (%s)".formatted(w.kind(), w.name(), w.verdict()))
            .collect(Collectors.joining(", "));
    var more = held.size() > WORKLOADS_NAMED ? ", and others" : "";
    return condition(
        ConditionType.Released, FALSE, Reason.WorkloadsHeld.name(), "held: " + named + more);
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
