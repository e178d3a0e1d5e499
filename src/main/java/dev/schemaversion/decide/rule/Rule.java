package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.status.PlanRecorder;
import dev.schemaversion.decide.status.ProofRecord;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules that choose the next Job. They are evaluated in this order, and the first one that
 * applies wins; this list is the specification.
 */
// The functions are method references without state; Error Prone cannot see that.
@SuppressWarnings("ImmutableEnumChecker")
public enum Rule {
  /** The resource is being deleted: no new Job starts, and deletion waits for a running Job. */
  DELETION_WAITS(Rule::deletionWaits),
  /** {@code spec.suspend} is true: no new Job starts. */
  SUSPENDED(Rule::suspended),
  /** A Job has not ended: wait for it, or replace it if it never started and is outdated. */
  JOB_RUNNING(Rule::jobRunning),
  /** The migrations do not exist, cannot be read, are too large, or lack a version. */
  SPEC_INVALID(Rule::specInvalid),
  /** {@code spec.proof.scratch} asks for what the operator's settings do not permit. */
  SCRATCH_NOT_PERMITTED(Rule::scratchNotPermitted),
  /** An older SchemaVersion manages the same database. */
  DATABASE_SHARED(Rule::databaseShared),
  /** Nothing is known of the database, and nothing is in the way of migrating it if it is empty. */
  FIRST_SYNC(FirstSync::start),
  /** The starting version of the database is not known. */
  BASELINE_NEEDED(Rule::baselineNeeded),
  /** The database is at a higher version than wanted. */
  DOWNGRADE_REFUSED(Rule::downgradeRefused),
  /** The pending migrations need an approval. */
  APPROVAL_PENDING(Rule::approvalPending),
  /** Live pods do not run on the version to which the sync would migrate. */
  WAITING_FOR_WORKLOADS(Rule::waitingForWorkloads),
  /** The last successful sync had other inputs than the current ones. */
  SYNC_NEEDED(Rule::syncNeeded),
  /** A verification is due, or the schema is not proven. */
  VERIFY_DUE(Rule::verifyDue),
  /** The database is in the desired state. */
  SETTLED(Rule::settled);

  private final Function<ReconcileContext, Optional<RuleResult>> rule;

  Rule(Function<ReconcileContext, Optional<RuleResult>> rule) {
    this.rule = rule;
  }

  /** Returns the result of the first rule that applies; its Job waits where limits are reached. */
  public static RuleResult first(ReconcileContext context) {
    return QueuedJob.inPlaceOf(firstThatApplies(context), context.cluster().queued());
  }

  private static RuleResult firstThatApplies(ReconcileContext context) {
    return Arrays.stream(values())
        .flatMap(rule -> rule.rule.apply(context).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the last rule always applies"));
  }

  private static Optional<RuleResult> deletionWaits(ReconcileContext context) {
    if (!context.deleting()) {
      return Optional.empty();
    }
    return Optional.of(
        context
            .activeJob()
            .map(ActiveJob::whileDeleting)
            .orElseGet(
                () ->
                    RuleResult.reconciling(
                        Reason.DeletionWaits.name(),
                        "no Job runs, so the resource can be deleted")));
  }

  private static Optional<RuleResult> suspended(ReconcileContext context) {
    if (!context.spec().suspended()) {
      return Optional.empty();
    }
    var running =
        context
            .activeJob()
            .map(job -> "; the operator still records the result of Job %s".formatted(job.name()))
            .orElse("");
    var suspended =
        RuleResult.settled(
            Reason.Suspended, "spec.suspend is true, so no new Job starts" + running);
    return ActiveJob.replaceIfOutdated(context).or(() -> Optional.of(suspended));
  }

  private static Optional<RuleResult> jobRunning(ReconcileContext context) {
    return context.activeJob().map(job -> ActiveJob.waitFor(context, job).about(job.step()));
  }

  private static Optional<RuleResult> specInvalid(ReconcileContext context) {
    return Optional.ofNullable(context.cluster().sourcesProblem())
        .map(
            problem ->
                problem.stalled()
                    ? RuleResult.stalled(problem.reason(), problem.message())
                    : RuleResult.reconciling(problem.reason(), problem.message())
                        .withRequeueAfter(problem.retryAfter()))
        .or(() -> UnlistedVersion.problem(context));
  }

  private static Optional<RuleResult> scratchNotPermitted(ReconcileContext context) {
    return context
        .cluster()
        .factory()
        .permissions()
        .problem(context.spec())
        .map(problem -> RuleResult.stalled(Reason.ScratchNotPermitted.name(), problem));
  }

  private static Optional<RuleResult> databaseShared(ReconcileContext context) {
    return SharedDatabases.blockedBy(context)
        .map(
            other ->
                RuleResult.stalled(
                    Reason.DatabaseShared.name(),
                    "the older SchemaVersion %s manages the same database, so the operator does nothing for this one. Delete one of the two. If this database is a copy on another server, or if both are meant to change it, set the annotation %s=%s"
                        .formatted(
                            SharedDatabases.name(other),
                            Names.SHARES_WITH,
                            SharedDatabases.name(other))));
  }

  private static Optional<RuleResult> baselineNeeded(ReconcileContext context) {
    return context.recordedState().baseline() != null
        ? Optional.empty()
        : Optional.of(NextJob.attempt(context, Step.BASELINE));
  }

  private static Optional<RuleResult> downgradeRefused(ReconcileContext context) {
    var wanted = context.spec().version();
    var current = context.recordedState().version();
    if (!context.versions().below(wanted, current)) {
      return Optional.empty();
    }
    return Optional.of(
        RuleResult.stalled(
            Reason.DowngradeRefused.name(),
            "the database is at %s, and migrations cannot take it back to %s. Set spec.version to %s or higher, or restore a backup. The gate still releases workloads that run on %s"
                .formatted(current, wanted, current, current)));
  }

  private static Optional<RuleResult> approvalPending(ReconcileContext context) {
    if (context.synced() || !context.spec().requiresApproval() || context.approved()) {
      return Optional.empty();
    }
    var plan = context.recordedState().plan();
    var metadata = context.cluster().resource().getMetadata();
    return Optional.of(
        plan == null
            ? NextJob.attemptOnProven(context, Step.PLAN)
            : RuleResult.reconciling(
                    Reason.ApprovalPending.name(),
                    PlanRecorder.approvalRequest(plan, metadata.getNamespace(), metadata.getName()))
                .about(Step.SYNC));
  }

  private static Optional<RuleResult> waitingForWorkloads(ReconcileContext context) {
    return context.synced()
        ? Optional.empty()
        : ContractGuard.before(context, NextJob.attemptOnProven(context, Step.SYNC));
  }

  private static Optional<RuleResult> syncNeeded(ReconcileContext context) {
    return context.synced()
        ? Optional.empty()
        : Optional.of(NextJob.attemptOnProven(context, Step.SYNC));
  }

  private static Optional<RuleResult> verifyDue(ReconcileContext context) {
    var proof = context.recordedState().proof();
    if (!ProofRecord.holds(proof) && NextJob.proofPossible(context)) {
      return Optional.of(NextJob.attempt(context, Step.PROVE));
    }
    if (proof == null) {
      // The proof was refused, so the result is stalled until a person acts.
      return Optional.of(NextJob.attempt(context, Step.PROVE));
    }
    var result = DriftSchedule.withVerification(context, DriftSchedule.currentState(context));
    boolean due = !result.actions().isEmpty() || result.notice() != null;
    return due || !ProofRecord.holds(proof) ? Optional.of(result) : Optional.empty();
  }

  private static Optional<RuleResult> settled(ReconcileContext context) {
    return Optional.of(
        DriftSchedule.withVerification(context, DriftSchedule.currentState(context)));
  }
}
