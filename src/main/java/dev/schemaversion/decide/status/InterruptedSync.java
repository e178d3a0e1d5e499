package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.InterruptedSyncStatusBuilder;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.InterruptedSyncStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.gate.VersionOrder;
import java.util.Set;

/**
 * Tracks the last started sync while its result is not known. The status records the sync before
 * its Job exists, so that a trace remains even if the Job is deleted. Until a proof determines the
 * version of the database, the next run proves first, and the gate takes both the recorded version
 * and the target of the sync into account.
 */
public final class InterruptedSync {
  /** The outcomes whose report does not say what the sync has committed. */
  private static final Set<Outcome> IN_DOUBT =
      Set.of(Outcome.CONNECTION_LOST, Outcome.INTERNAL_ERROR, Outcome.HALF_APPLIED);

  private InterruptedSync() {}

  /** Returns whether a sync with this outcome may have committed anything up to its target. */
  static boolean leavesInDoubt(Outcome outcome) {
    return IN_DOUBT.contains(outcome);
  }

  /** Returns whether a sync that no longer runs has an unknown result. */
  public static boolean inDoubt(ReconcileContext context) {
    var interruptedSync = context.recordedState().interruptedSync();
    return interruptedSync != null
        && (interruptedSync.reason() != null || gone(context, interruptedSync.job()));
  }

  /** Returns whether the Job was deleted, perhaps while it ran. */
  private static boolean gone(ReconcileContext context, String job) {
    return context.cluster().jobs().stream().noneMatch(each -> each.name().equals(job));
  }

  /**
   * Returns whether a runner must prove first: not after a person has repaired a half-applied
   * script. A migration tool of the user's always: whether the repair is complete shows in its
   * tables and in the schema.
   */
  public static boolean requiresProof(ReconcileContext context) {
    var interruptedSync = context.recordedState().interruptedSync();
    boolean repaired =
        interruptedSync != null
            && context.spec().migrations().command() == null
            && Outcome.HALF_APPLIED.reason().equals(interruptedSync.reason())
            && !context.annotation(Names.RETRY).equals(interruptedSync.retry());
    return inDoubt(context) && !repaired;
  }

  /**
   * Returns whether a version is between the recorded version and the target of the sync. Null is
   * the version of an empty database.
   */
  static boolean covers(
      VersionOrder versions,
      String recorded,
      InterruptedSyncStatus interruptedSync,
      String actual) {
    return interruptedSync != null
        && interruptedSync.target() != null
        && (recorded == null || versions.atMost(recorded, actual))
        && (actual == null || versions.atMost(actual, interruptedSync.target()));
  }

  /**
   * Returns the record of a sync that is about to start.
   *
   * @param target the version to which it migrates, or null if it does not change the version
   */
  public static InterruptedSyncStatus started(ReconcileContext context, String job, String target) {
    var before = context.recordedState().interruptedSync();
    if (before == null) {
      return InterruptedSyncStatusBuilder.builder().job(job).target(target).build();
    }
    var reason =
        before.reason() == null && inDoubt(context) ? Reason.RunnerLost.name() : before.reason();
    return new InterruptedSyncStatus(
        job, context.versions().highest(before.target(), target), reason, before.retry());
  }

  /**
   * Returns the status without the record of a sync whose Job was not created: no runner has
   * started, so the result is not in doubt. The record stays if an earlier result is unknown too.
   *
   * @param job the name of the Job for which no request was sent, or whose request was rejected
   */
  public static SchemaVersionStatus withoutNeverCreated(SchemaVersionStatus status, String job) {
    var interruptedSync = status.interruptedSync();
    boolean onlyThis =
        interruptedSync != null
            && interruptedSync.job().equals(job)
            && interruptedSync.reason() == null;
    return onlyThis ? status.withInterruptedSync(null) : status;
  }

  /**
   * Returns the state with the record of the sync updated for an ended Job.
   *
   * @param before the context before the Job ended
   * @param recorded the recorded state including the Job's report
   */
  public static RecordedState recorded(
      ReconcileContext before, ObservedJob job, RecordedState recorded) {
    var interruptedSync = recorded.interruptedSync();
    var report = job.report();
    if (!recorded.database().address().equals(job.address()) || voided(report)) {
      return recorded;
    }
    if (inDoubt(job)) {
      return recorded.withInterruptedSync(inDoubt(before, job, interruptedSync));
    }
    if (interruptedSync == null) {
      return recorded;
    }
    boolean its = interruptedSync.job().equals(job.name());
    if (its && interruptedSync.reason() == null) {
      return recorded.withInterruptedSync(null);
    }
    // A sync other than the last started one ended before that one started.
    boolean later = its || job.step() != Step.SYNC;
    return later && proves(job.step(), report)
        ? recorded.withInterruptedSync(its ? null : ifRunning(before, interruptedSync))
        : recorded;
  }

  /** Returns the record once all earlier results are known: null unless its Job still runs. */
  private static InterruptedSyncStatus ifRunning(
      ReconcileContext context, InterruptedSyncStatus interruptedSync) {
    boolean runs =
        context.cluster().jobs().stream()
            .anyMatch(job -> job.active() && job.name().equals(interruptedSync.job()));
    return runs ? interruptedSync.withReason(null).withRetry(null) : null;
  }

  /** Returns whether the result of a sync is unknown, or any Job found a half-applied script. */
  private static boolean inDoubt(ObservedJob job) {
    var report = job.report();
    boolean unreported = report == null || OperationHistory.isIncomplete(job);
    return job.step() == Step.SYNC
        ? unreported || leavesInDoubt(report.outcome())
        : report != null && report.outcome() == Outcome.HALF_APPLIED;
  }

  private static boolean voided(Report report) {
    return report != null && report.outcome() == Outcome.DATABASE_CHANGED;
  }

  private static InterruptedSyncStatus inDoubt(
      ReconcileContext before, ObservedJob job, InterruptedSyncStatus known) {
    var reason = OperationHistory.reason(job);
    boolean halfApplied = reason.equals(Outcome.HALF_APPLIED.reason());
    return new InterruptedSyncStatus(
        job.name(),
        known == null ? null : known.target(),
        reason,
        halfApplied ? before.annotation(Names.RETRY) : null);
  }

  /** A verification only compares digests, so it does not prove the version of the database. */
  private static boolean proves(Step step, Report report) {
    return step != Step.VERIFY && report != null && ProofRecorder.proves(report);
  }
}
