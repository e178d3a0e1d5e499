package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.rule.RetryPolicy.Next;
import dev.schemaversion.decide.status.ProofMessages;
import dev.schemaversion.decide.status.ProofRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Schedules the regular verification of the schema. A verification does not change the readiness of
 * the resource: it is no work towards the spec, and its failure is no outage.
 */
final class DriftSchedule {
  /** The part of the interval by which it varies, so that verifications do not run together. */
  private static final double JITTER = 0.1;

  private static final int STEPS = 1000;

  private DriftSchedule() {}

  /** Returns the state without pending work: settled, or stalled without a valid proof. */
  static RuleResult currentState(ReconcileContext context) {
    var proof = context.recordedState().proof();
    return ProofRecord.holds(proof)
        ? RuleResult.settled(
            Reason.AtVersion, "the database is at %s".formatted(context.recordedState().version()))
        : RuleResult.stalled(proof.reason(), ProofMessages.failing(proof));
  }

  /** Returns a result with the next verification: its time, its Job, or why it is delayed. */
  static RuleResult withVerification(ReconcileContext context, RuleResult current) {
    if (context.recordedState().proof() == null) {
      return current;
    }
    var rest = context.verificationRequested() ? Optional.of(Duration.ZERO) : untilDue(context);
    if (rest.isEmpty()) {
      return current;
    }
    if (rest.get().isPositive()) {
      return current.requeueIn(rest.get());
    }
    return switch (Next.of(context, Step.VERIFY)) {
      case Next.Go(var attempt) ->
          current.withAction(
              new Action.CreateJob(Step.VERIFY, attempt, context.knownState(Step.VERIFY)));
      case Next.Wait(var last, var attempt, var time, var until) ->
          current
              .requeueIn(time)
              .withNotice(
                  last.reason(),
                  "the schema was last verified at %s: %s"
                      .formatted(context.recordedState().proof().checkedAt(), last.message()));
      // The refusal is the answer, and the next verification is due later.
      case Next.Stop(var last) -> current;
    };
  }

  /** Returns the time until the next verification; empty if none is scheduled. */
  private static Optional<Duration> untilDue(ReconcileContext context) {
    var interval = context.spec().driftOrDefault().every();
    var checkedAt = context.recordedState().proof().checkedAt();
    if (interval.isZero()) {
      return Optional.empty();
    }
    if (checkedAt == null) {
      // Without a valid time, verify at once.
      return Optional.of(Duration.ZERO);
    }
    var due = Instant.parse(checkedAt).plus(spread(context, interval));
    return Optional.of(
        Duration.between(context.cluster().now(), due).truncatedTo(ChronoUnit.MILLIS));
  }

  private static Duration spread(ReconcileContext context, Duration interval) {
    var uid = String.valueOf(context.cluster().resource().getMetadata().getUid());
    double place = Math.floorMod(uid.hashCode(), STEPS) / (double) STEPS;
    return Duration.ofMillis(Math.round(interval.toMillis() * (1 - JITTER + 2 * JITTER * place)));
  }
}
