package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.gate.Version;
import dev.schemaversion.decide.status.PlanRecorder;
import dev.schemaversion.decide.status.ProofRecorder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which Job comes next. The rules are asked in this order, and the first that speaks wins; this
 * list is the specification.
 */
// The functions are method references without state; Error Prone cannot see that.
@SuppressWarnings("ImmutableEnumChecker")
public enum Rule {
  /** The resource is being deleted: nothing new starts, and a running Job is waited for. */
  DELETION_WAITS(Rule::deletionWaits),
  /** {@code spec.suspend}: nothing new starts. */
  SUSPENDED(Rule::suspended),
  /** A Job has not ended: it is waited for, or replaced if it never started and is out of date. */
  JOB_RUNNING(Rule::jobRunning),
  /** The migrations that the resource names are not there, cannot be read, or are too large. */
  SPEC_INVALID(Rule::specInvalid),
  /** An older SchemaVersion is about the same database. */
  DATABASE_SHARED(Rule::databaseShared),
  /** It is not known where the database starts from. */
  BASELINE_NEEDED(Rule::baselineNeeded),
  /** The database is newer than wanted. */
  DOWNGRADE_REFUSED(Rule::downgradeRefused),
  /** A person has to say that the pending migrations may run. */
  APPROVAL_PENDING(Rule::approvalPending),
  /** Pods live that do not run on the version a sync would go to. */
  WORKLOADS_MUST_LEAVE_FIRST(Rule::workloadsMustLeaveFirst),
  /** The last sync was not made with what is wanted now. */
  SYNC_NEEDED(Rule::syncNeeded),
  /** It is time to look whether the schema is still the one that was proven, or it is not. */
  VERIFY_DUE(Rule::verifyDue),
  /** All is as wanted. */
  SETTLED(Rule::settled);

  private final Function<ReconcileContext, Optional<RuleResult>> rule;

  Rule(Function<ReconcileContext, Optional<RuleResult>> rule) {
    this.rule = rule;
  }

  /** The first rule's word. */
  public static RuleResult first(ReconcileContext context) {
    return Arrays.stream(values())
        .flatMap(rule -> rule.rule.apply(context).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the last rule always speaks"));
  }

  private static Optional<RuleResult> deletionWaits(ReconcileContext context) {
    if (!context.deleting()) {
      return Optional.empty();
    }
    return Optional.of(
        context
            .activeJob()
            .map(ActiveJob::whileDeleting)
            .orElseGet(() -> RuleResult.reconciling(Reason.DeletionWaits.name(), "no Job runs")));
  }

  private static Optional<RuleResult> suspended(ReconcileContext context) {
    if (!context.spec().suspended()) {
      return Optional.empty();
    }
    var running =
        context
            .activeJob()
            .map(job -> "; Job %s is still recorded when it ends".formatted(job.name()))
            .orElse("");
    var waits =
        RuleResult.settled(Reason.Suspended, "spec.suspend is true: no new Job starts" + running);
    return ActiveJob.outdated(context).or(() -> Optional.of(waits));
  }

  private static Optional<RuleResult> jobRunning(ReconcileContext context) {
    return context.activeJob().map(job -> ActiveJob.waitedFor(context, job).about(job.step()));
  }

  private static Optional<RuleResult> specInvalid(ReconcileContext context) {
    return Optional.ofNullable(context.cluster().sourcesProblem())
        .map(
            problem ->
                problem.stalled()
                    ? RuleResult.stalled(problem.reason(), problem.message())
                    : RuleResult.reconciling(problem.reason(), problem.message())
                        .withLookAgain(problem.retryAfter()));
  }

  private static Optional<RuleResult> databaseShared(ReconcileContext context) {
    return SharedDatabases.first(context)
        .map(
            other ->
                RuleResult.stalled(
                    Reason.DatabaseShared.name(),
                    "SchemaVersion %s, which is older, is about the same database, and two must not move it past each other: nothing is done for this one. Delete one of them; or, if it is the copy of a database with a server of its own, or both shall change it, set the annotation %s=%s"
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
    var wanted = Version.parse(context.spec().version());
    var present = Version.parse(context.recordedState().version());
    if (wanted.isEmpty() || present.isEmpty() || wanted.get().compareTo(present.get()) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        RuleResult.stalled(
            Reason.DowngradeRefused.name(),
            "the database is at %s and there is no way back to %s by migrations: set spec.version to %s or higher, or restore a backup; workloads that run on %s are still released"
                .formatted(present.get(), wanted.get(), present.get(), present.get())));
  }

  private static Optional<RuleResult> approvalPending(ReconcileContext context) {
    if (context.synced() || !context.spec().approvedByHand() || context.approved()) {
      return Optional.empty();
    }
    var plan = context.recordedState().plan();
    var metadata = context.cluster().resource().getMetadata();
    return Optional.of(
        plan == null
            ? NextJob.towards(context, Step.PLAN)
            : RuleResult.reconciling(
                    Reason.ApprovalPending.name(),
                    PlanRecorder.question(plan, metadata.getNamespace(), metadata.getName()))
                .about(Step.SYNC));
  }

  private static Optional<RuleResult> workloadsMustLeaveFirst(ReconcileContext context) {
    return context.synced()
        ? Optional.empty()
        : ContractGuard.before(context, NextJob.towards(context, Step.SYNC));
  }

  private static Optional<RuleResult> syncNeeded(ReconcileContext context) {
    return context.synced() ? Optional.empty() : Optional.of(NextJob.towards(context, Step.SYNC));
  }

  private static Optional<RuleResult> verifyDue(ReconcileContext context) {
    var proof = context.recordedState().proof();
    if (!ProofRecorder.holds(proof) && NextJob.unproven(context)) {
      return Optional.of(NextJob.attempt(context, Step.PROVE));
    }
    if (proof == null) {
      // A proof of nothing known was refused: only a person can help.
      return Optional.of(NextJob.attempt(context, Step.PROVE));
    }
    var ruling = DriftSchedule.with(context, DriftSchedule.standing(context));
    boolean speaks = !ruling.actions().isEmpty() || ruling.aside() != null;
    return speaks || !ProofRecorder.holds(proof) ? Optional.of(ruling) : Optional.empty();
  }

  private static Optional<RuleResult> settled(ReconcileContext context) {
    return Optional.of(DriftSchedule.with(context, DriftSchedule.standing(context)));
  }
}
