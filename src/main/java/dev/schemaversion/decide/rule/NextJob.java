package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.rule.RetryPolicy.Next;
import dev.schemaversion.decide.rule.RuleResult.Progress;
import dev.schemaversion.decide.status.ProofRecorder;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The Job that a rule wants: created, waited for, or given up until a person acts. */
final class NextJob {
  private NextJob() {}

  /** A step that changes the database or finds out what it would: what it builds on comes first. */
  static RuleResult towards(ReconcileContext context, Step step) {
    var proof = context.recordedState().proof();
    var last = last(context, step);
    boolean asksForProof = ended(last, Outcome.PROOF_NEEDED);
    if (ProofRecorder.holds(proof)) {
      // What it was refused for is gone: undone by hand, or proven since. Asked for a proof again
      // and again, it waits: somebody changes the schema all the time.
      boolean gone = ended(last, Outcome.DRIFTED) || (asksForProof && last.get().attempt() == 1);
      return gone ? go(context, step, again(context, step)) : attempt(context, step);
    }
    // Nothing is known where a sync committed something and then failed.
    if (asksForProof || proof == null || ProofRecorder.pending(proof)) {
      return watched(context, attempt(context, Step.PROVE).about(step));
    }
    var ruling = attempt(context, step);
    return ended(last, Outcome.DRIFTED) ? watched(context, ruling) : ruling;
  }

  /** While a person is waited for, the schema may become again what it was. */
  private static RuleResult watched(ReconcileContext context, RuleResult ruling) {
    return ruling.progress() == Progress.STALLED ? DriftSchedule.with(context, ruling) : ruling;
  }

  /** Whether a proof is due that nobody has tried yet, or that may be tried again. */
  static boolean unproven(ReconcileContext context) {
    return !(Next.of(context, Step.PROVE) instanceof Next.Stop);
  }

  /** The next attempt of a step. */
  static RuleResult attempt(ReconcileContext context, Step step) {
    return switch (Next.of(context, step)) {
      case Next.Go next -> go(context, step, next);
      case Next.Wait(var last, var attempt, var time, var until) ->
          RuleResult.reconciling(
                  last.reason(),
                  "%s. Attempt %d follows at %s"
                      .formatted(
                          withoutFullStop(last.message()),
                          attempt,
                          until.truncatedTo(ChronoUnit.SECONDS)))
              .about(step)
              .lookingAgain(time);
      case Next.Stop(var last) -> RuleResult.stalled(last.reason(), last.message()).about(step);
    };
  }

  private static RuleResult go(ReconcileContext context, Step step, Next.Go next) {
    var job = new Action.CreateJob(step, next.attempt(), context.given(step));
    return RuleResult.reconciling(
            running(step).name(), "Job %s is starting".formatted(context.job(job)), job)
        .about(step);
  }

  private static Next.Go again(ReconcileContext context, Step step) {
    return RetryPolicy.again(
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

  /** What is said while a step's Job runs. */
  static Reason running(Step step) {
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
