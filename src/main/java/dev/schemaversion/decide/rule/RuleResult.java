package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.JobDemand;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of a rule: the state of the resource for its conditions, and the next actions.
 *
 * @param progress whether the resource is settled, progresses or is stalled
 * @param step the step to which the result belongs, if any
 * @param reason the reason for conditions and Events
 * @param message what happened, and what to do
 * @param actions the actions to execute
 * @param requeueAfter when to reconcile again without an event
 * @param notice a notice that does not change the progress, or null
 * @param announcement whether the target of a sync is announced to the gate
 */
@RecordBuilder
public record RuleResult(
    Progress progress,
    Optional<Step> step,
    String reason,
    String message,
    List<Action> actions,
    Optional<Duration> requeueAfter,
    Notice notice,
    Announcement announcement)
    implements RuleResultBuilder.With {

  /**
   * A notice that does not change the progress, such as a delayed verification.
   *
   * @param reason the reason
   * @param message the text
   */
  public record Notice(String reason, String message) {}

  /** The progress of the resource, as in the conditions of kstatus. */
  public enum Progress {
    /** There is nothing to do. */
    SETTLED,
    /** Work is in progress, or waits for something that needs no person. */
    RECONCILING,
    /** A person has to act. */
    STALLED
  }

  /** Whether the target of a sync is announced in {@code status.target}. */
  public enum Announcement {
    /** The target is not announced. */
    NONE,
    /** The target is announced. */
    ANNOUNCED,
    /** The target is announced, and the live pods must be listed next. */
    LIST_PODS,
    /** The target is announced, and live pods block the sync. */
    BLOCKED
  }

  static RuleResult settled(Reason reason, String message) {
    return plain(Progress.SETTLED, reason.name(), message, List.of());
  }

  static RuleResult reconciling(String reason, String message, Action... actions) {
    return plain(Progress.RECONCILING, reason, message, List.of(actions));
  }

  public static RuleResult stalled(String reason, String message) {
    return plain(Progress.STALLED, reason, message, List.of());
  }

  private static RuleResult plain(
      Progress progress, String reason, String message, List<Action> actions) {
    return RuleResultBuilder.builder()
        .progress(progress)
        .reason(reason)
        .message(message)
        .actions(actions)
        .announcement(Announcement.NONE)
        .build();
  }

  RuleResult about(Step about) {
    return withStep(Optional.of(about));
  }

  RuleResult requeueIn(Duration delay) {
    return withRequeueAfter(Optional.of(delay));
  }

  RuleResult withAction(Action action) {
    return withActions(List.of(action));
  }

  RuleResult withNotice(String noticeReason, String noticeMessage) {
    return withNotice(new Notice(noticeReason, noticeMessage));
  }

  /** Returns what the result needs from the queue of Jobs. */
  public JobDemand demand() {
    if (newJobs().findAny().isPresent()) {
      return JobDemand.CREATE;
    }
    return switch (announcement) {
      case NONE -> JobDemand.NONE;
      case ANNOUNCED, LIST_PODS -> JobDemand.PREPARE;
      case BLOCKED -> JobDemand.BLOCKED;
    };
  }

  /** Returns the Jobs that the result creates; there is at most one. */
  Stream<Action.CreateJob> newJobs() {
    return actions.stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(Action.CreateJob.class::cast);
  }

  /** Returns the sync Job that the result creates, if it creates one. */
  public Optional<Action.CreateJob> sync() {
    return newJobs().filter(job -> job.step() == Step.SYNC).findFirst();
  }
}
