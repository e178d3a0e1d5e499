package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rule says.
 *
 * @param progress how it stands with the resource
 * @param step the step it is about, if it is about one
 * @param reason in one word
 * @param message in a sentence, with what to do
 * @param actions what to do
 * @param lookAgain when to look again
 * @param aside what goes on beside that without changing how it stands, or null
 * @param announcement whether the version that a sync goes to is told to the gate
 */
@RecordBuilder
public record RuleResult(
    Progress progress,
    Optional<Step> step,
    String reason,
    String message,
    List<Action> actions,
    Optional<Duration> lookAgain,
    Aside aside,
    Announcement announcement)
    implements RuleResultBuilder.With {

  /**
   * What goes on beside, such as a look at the schema that does not come about.
   *
   * @param reason in one word
   * @param message in a sentence
   */
  public record Aside(String reason, String message) {}

  /** How it stands with the resource. */
  public enum Progress {
    /** Nothing to do. */
    SETTLED,
    /** On its way, or waiting for something that comes by itself. */
    RECONCILING,
    /** Waiting for a person. */
    STALLED
  }

  /** Whether {@code spec.version} is announced as {@code status.target}. */
  public enum Announcement {
    /** It is not. */
    NONE,
    /** It is. */
    MADE,
    /** It is, and now it has to be asked which pods live. */
    ASKING
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

  RuleResult lookingAgain(Duration in) {
    return withLookAgain(Optional.of(in));
  }

  RuleResult doing(Action action) {
    return withActions(List.of(action));
  }

  RuleResult beside(String word, String sentence) {
    return withAside(new Aside(word, sentence));
  }

  RuleResult announcing(Announcement how) {
    return withAnnouncement(how);
  }

  /** The sync Job that it makes, if it makes one. */
  public Optional<Action.CreateJob> sync() {
    return actions.stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(Action.CreateJob.class::cast)
        .filter(job -> job.step() == Step.SYNC)
        .findFirst();
  }
}
