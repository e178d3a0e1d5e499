package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.rule.RetryPolicy.Next;
import dev.schemaversion.decide.rule.RuleResult.Progress;
import dev.schemaversion.decide.status.ProofRecord;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Decides on the next Job of a step: create it, wait for a retry, or stall until a person acts. */
final class NextJob {
  private NextJob() {}

  /**
   * Returns the next attempt of a sync or plan; a missing proof of the current version comes first.
   */
  static RuleResult attemptOnProven(ReconcileContext context, Step step) {
    var proof = context.recordedState().proof();
    var last = last(context, step);
    boolean proofNeeded = ended(last, Outcome.PROOF_NEEDED);
    if (ProofRecord.holds(proof)) {
      // The cause of the refusal is gone: the drift was undone, or the schema proven since. If the
      // runner needs a proof again and again, others keep changing the schema, so back off.
      boolean resolved = ended(last, Outcome.DRIFTED) || (proofNeeded && last.get().attempt() == 1);
      return resolved ? start(context, step, retryNow(context, step)) : attempt(context, step);
    }
    // There is no proof after a sync that committed something and then failed.
    if (proofNeeded || proof == null || ProofRecord.pending(proof)) {
      return withDriftCheck(context, attempt(context, Step.PROVE).about(step));
    }
    var result = attempt(context, step);
    return ended(last, Outcome.DRIFTED) ? withDriftCheck(context, result) : result;
  }

  /** Verifies while stalled, because undoing the drift resolves it. */
  private static RuleResult withDriftCheck(ReconcileContext context, RuleResult result) {
    return result.progress() == Progress.STALLED
        ? DriftSchedule.withVerification(context, result)
        : result;
  }

  /** Returns whether a prove Job may still succeed: not attempted yet, or to be retried. */
  static boolean proofPossible(ReconcileContext context) {
    return !(Next.of(context, Step.PROVE) instanceof Next.Stop);
  }

  /** Returns the next attempt of a step. */
  static RuleResult attempt(ReconcileContext context, Step step) {
    return switch (Next.of(context, step)) {
      case Next.Go next -> start(context, step, next);
      case Next.Wait(var last, var attempt, var time, var until) ->
          RuleResult.reconciling(
                  last.reason(),
                  "%s. The operator retries at %s (attempt %d)"
                      .formatted(
                          withoutFullStop(last.message()),
                          until.truncatedTo(ChronoUnit.SECONDS),
                          attempt))
              .about(step)
              .requeueIn(time);
      case Next.Stop(var last) -> RuleResult.stalled(last.reason(), last.message()).about(step);
    };
  }

  /** Returns the next attempt of a first sync, see {@link FirstSync}. */
  static RuleResult first(ReconcileContext context) {
    return Next.of(context, Step.SYNC) instanceof Next.Go(var attempt)
        ? start(
            context,
            new Action.CreateJob(Step.SYNC, attempt, context.knownState(Step.SYNC).withFirst(true)))
        : attempt(context, Step.SYNC);
  }

  private static RuleResult start(ReconcileContext context, Step step, Next.Go next) {
    return start(context, new Action.CreateJob(step, next.attempt(), context.knownState(step)));
  }

  private static RuleResult start(ReconcileContext context, Action.CreateJob job) {
    var step = job.step();
    return RuleResult.reconciling(
            runningReason(step).name(), "Job %s is starting".formatted(context.jobName(job)), job)
        .about(step);
  }

  private static Next.Go retryNow(ReconcileContext context, Step step) {
    return RetryPolicy.retryNow(
        context.recordedState().history(),
        context.cluster().jobs(),
        step,
        context.inputs(step).id());
  }

  private static Optional<Operation> last(ReconcileContext context, Step step) {
    return RetryPolicy.last(context.recordedState().history(), step, context.inputs(step).id());
  }

  private static boolean ended(Optional<Operation> operation, Outcome outcome) {
    return operation.filter(o -> o.reason().equals(outcome.reason())).isPresent();
  }

  /** Returns the reason while a step's Job runs. */
  static Reason runningReason(Step step) {
    return switch (step) {
      case BASELINE -> Reason.BaselineRunning;
      case SYNC -> Reason.SyncRunning;
      case VERIFY, PROVE -> Reason.ProofRunning;
      case PLAN -> Reason.PlanRunning;
    };
  }

  private static String withoutFullStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
