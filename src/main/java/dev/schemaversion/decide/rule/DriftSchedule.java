package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.rule.RetryPolicy.Next;
import dev.schemaversion.decide.status.ProofMessages;
import dev.schemaversion.decide.status.ProofRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Looks at the schema from time to time, without changing how it stands with the resource: a look
 * each hour should not show as an hourly reconciliation, nor one that fails as an outage.
 */
final class DriftSchedule {
  /** Of the interval, up and down, so that resources applied together do not look together. */
  private static final double JITTER = 0.1;

  private static final int STEPS = 1000;

  private DriftSchedule() {}

  /** How it stands as long as nothing else is wanted: settled, or waiting for a person. */
  static RuleResult standing(ReconcileContext context) {
    var proof = context.recordedState().proof();
    return ProofRecorder.holds(proof)
        ? RuleResult.settled(
            Reason.AtVersion, "the database is at %s".formatted(context.recordedState().version()))
        : RuleResult.stalled(proof.reason(), ProofMessages.failing(proof));
  }

  /** The same with the next look: when it is due, that it starts now, or why it does not come. */
  static RuleResult with(ReconcileContext context, RuleResult standing) {
    if (context.recordedState().proof() == null) {
      return standing;
    }
    var rest = context.asks() ? Optional.of(Duration.ZERO) : untilDue(context);
    if (rest.isEmpty()) {
      return standing;
    }
    if (rest.get().isPositive()) {
      return standing.lookingAgain(rest.get());
    }
    return switch (Next.of(context, Step.VERIFY)) {
      case Next.Go(var attempt) ->
          standing.doing(new Action.CreateJob(Step.VERIFY, attempt, context.given(Step.VERIFY)));
      case Next.Wait(var last, var attempt, var time, var until) ->
          standing
              .lookingAgain(time)
              .beside(
                  last.reason(),
                  "it could not be looked at since %s: %s"
                      .formatted(context.recordedState().proof().checkedAt(), last.message()));
      // It was answered by a refusal, and the next one is due later.
      case Next.Stop(var last) -> standing;
    };
  }

  /** How long until the next look; empty for never. */
  private static Optional<Duration> untilDue(ReconcileContext context) {
    var interval = context.spec().driftOrDefault().every();
    var checkedAt = context.recordedState().proof().checkedAt();
    if (interval.isZero()) {
      return Optional.empty();
    }
    if (checkedAt == null) {
      // Written by somebody who wrote no time that can be read.
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
