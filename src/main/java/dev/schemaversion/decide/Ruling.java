package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
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
record Ruling(
    Progress progress,
    Optional<Step> step,
    String reason,
    String message,
    List<Action> actions,
    Optional<Duration> lookAgain,
    Aside aside,
    Announcement announcement)
    implements RulingBuilder.With {

  /**
   * What goes on beside, such as a look at the schema that does not come about.
   *
   * @param reason in one word
   * @param message in a sentence
   */
  record Aside(String reason, String message) {}

  /** How it stands with the resource. */
  enum Progress {
    /** Nothing to do. */
    SETTLED,
    /** On its way, or waiting for something that comes by itself. */
    RECONCILING,
    /** Waiting for a person. */
    STALLED
  }

  /** Whether {@code spec.version} is announced as {@code status.target}. */
  enum Announcement {
    /** It is not. */
    NONE,
    /** It is. */
    MADE,
    /** It is, and now it has to be asked which pods live. */
    ASKING
  }

  static Ruling settled(Reason reason, String message) {
    return plain(Progress.SETTLED, reason.name(), message, List.of());
  }

  static Ruling reconciling(String reason, String message, Action... actions) {
    return plain(Progress.RECONCILING, reason, message, List.of(actions));
  }

  static Ruling stalled(String reason, String message) {
    return plain(Progress.STALLED, reason, message, List.of());
  }

  private static Ruling plain(
      Progress progress, String reason, String message, List<Action> actions) {
    return RulingBuilder.builder()
        .progress(progress)
        .reason(reason)
        .message(message)
        .actions(actions)
        .announcement(Announcement.NONE)
        .build();
  }

  Ruling about(Step about) {
    return withStep(Optional.of(about));
  }

  Ruling lookingAgain(Duration in) {
    return withLookAgain(Optional.of(in));
  }

  Ruling doing(Action action) {
    return withActions(List.of(action));
  }

  Ruling beside(String word, String sentence) {
    return withAside(new Aside(word, sentence));
  }

  Ruling announcing(Announcement how) {
    return withAnnouncement(how);
  }

  /** The sync Job that it makes, if it makes one. */
  Optional<Action.CreateJob> sync() {
    return actions.stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(Action.CreateJob.class::cast)
        .filter(job -> job.step() == Step.SYNC)
        .findFirst();
  }
}
