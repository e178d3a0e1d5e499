package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.InterruptedSyncStatusBuilder;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.InterruptedSyncStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.gate.Version;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sync that was begun last, for as long as it is not known what it has done. It is recorded
 * before the Job is made, so that whatever becomes of the Job, and whoever deletes it, there is a
 * trace: until a proof says where the database is, the next run proves first, and the gate counts
 * with both the version recorded and the one the sync went to.
 */
public final class InterruptedSync {
  /** Ends with a report that does not say what has been committed. */
  private static final Set<Outcome> DOUBTFUL =
      Set.of(Outcome.CONNECTION_LOST, Outcome.INTERNAL_ERROR, Outcome.HALF_APPLIED);

  private InterruptedSync() {}

  /** Whether a sync that ended so may have committed anything up to its target. */
  static boolean leavesDoubt(Outcome outcome) {
    return DOUBTFUL.contains(outcome);
  }

  /** Whether it is not known what a sync has done that runs no more. */
  public static boolean inDoubt(ReconcileContext context) {
    var interruptedSync = context.recordedState().interruptedSync();
    return interruptedSync != null
        && (interruptedSync.reason() != null || gone(context, interruptedSync.job()));
  }

  /** Without a trace: deleted by hand, perhaps while it ran. */
  private static boolean gone(ReconcileContext context, String job) {
    return context.cluster().jobs().stream().noneMatch(each -> each.name().equals(job));
  }

  /** The same, as a runner is told: not when a person has seen to what was half applied. */
  public static boolean toBeProven(ReconcileContext context) {
    var interruptedSync = context.recordedState().interruptedSync();
    boolean seenTo =
        interruptedSync != null
            && Outcome.HALF_APPLIED.reason().equals(interruptedSync.reason())
            && !context.annotation(Names.RETRY).equals(interruptedSync.retry());
    return inDoubt(context) && !seenTo;
  }

  /** Whether a version that was found lies where the gate counts with. */
  static boolean covers(String present, InterruptedSyncStatus interruptedSync, String found) {
    return interruptedSync != null
        && interruptedSync.target() != null
        && !higher(present, found)
        && !higher(found, interruptedSync.target());
  }

  /**
   * The record of a sync that is about to begin.
   *
   * @param target the version it goes to, or null where it is not to move the database
   */
  public static InterruptedSyncStatus begun(ReconcileContext context, String job, String target) {
    var before = context.recordedState().interruptedSync();
    if (before == null) {
      return InterruptedSyncStatusBuilder.builder().job(job).target(target).build();
    }
    var reason =
        before.reason() == null && inDoubt(context) ? Reason.RunnerLost.name() : before.reason();
    return new InterruptedSyncStatus(job, highest(before.target(), target), reason, before.retry());
  }

  /**
   * What an ended Job leaves of it.
   *
   * @param before what was known before
   * @param recorded the same with what the Job reports
   */
  public static RecordedState learn(
      ReconcileContext before, ObservedJob job, RecordedState recorded) {
    var interruptedSync = recorded.interruptedSync();
    var report = job.report();
    if (!recorded.database().address().equals(job.address()) || voided(report)) {
      return recorded;
    }
    if (doubtful(job)) {
      return recorded.withInterruptedSync(doubted(before, job, interruptedSync));
    }
    if (interruptedSync == null) {
      return recorded;
    }
    boolean its = interruptedSync.job().equals(job.name());
    if (its && interruptedSync.reason() == null) {
      return recorded.withInterruptedSync(null);
    }
    // Another sync than the one that was begun last ended before that one began.
    boolean later = its || job.step() != Step.SYNC;
    return later && proves(job.step(), report)
        ? recorded.withInterruptedSync(its ? null : running(before, interruptedSync))
        : recorded;
  }

  /** What is left when all before it is known: nothing, unless its own Job still runs. */
  private static InterruptedSyncStatus running(
      ReconcileContext context, InterruptedSyncStatus interruptedSync) {
    boolean runs =
        context.cluster().jobs().stream()
            .anyMatch(job -> job.active() && job.name().equals(interruptedSync.job()));
    return runs ? interruptedSync.withReason(null).withRetry(null) : null;
  }

  /** Whether nobody knows what it has done; or, whatever it was for, it found a script unended. */
  private static boolean doubtful(ObservedJob job) {
    var report = job.report();
    boolean silent = report == null || OperationHistory.saysTooLittle(job);
    return job.step() == Step.SYNC
        ? silent || leavesDoubt(report.outcome())
        : report != null && report.outcome() == Outcome.HALF_APPLIED;
  }

  private static boolean voided(Report report) {
    return report != null && report.outcome() == Outcome.DATABASE_CHANGED;
  }

  private static InterruptedSyncStatus doubted(
      ReconcileContext before, ObservedJob job, InterruptedSyncStatus known) {
    var reason = OperationHistory.word(job);
    boolean half = reason.equals(Outcome.HALF_APPLIED.reason());
    return new InterruptedSyncStatus(
        job.name(),
        known == null ? null : known.target(),
        reason,
        half ? before.annotation(Names.RETRY) : null);
  }

  /** A look at the schema compares digests; it is no proof of where the database is. */
  private static boolean proves(Step step, Report report) {
    return step != Step.VERIFY && report != null && ProofRecorder.proves(report);
  }

  /** The higher one of two versions, of which either may be null. */
  public static String highest(String one, String other) {
    return Stream.of(one, other)
        .filter(Objects::nonNull)
        .reduce((a, b) -> higher(a, b) ? a : b)
        .orElse(null);
  }

  private static boolean higher(String one, String other) {
    var first = Version.parse(one);
    var second = Version.parse(other);
    return first.isPresent() && (second.isEmpty() || first.get().compareTo(second.get()) > 0);
  }
}
