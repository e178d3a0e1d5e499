package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
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
 */
record Ruling(
    Progress progress,
    Optional<Step> step,
    String reason,
    String message,
    List<Action> actions,
    Optional<Duration> lookAgain,
    Aside aside) {

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

  static Ruling settled(Reason reason, String message) {
    return new Ruling(
        Progress.SETTLED,
        Optional.empty(),
        reason.name(),
        message,
        List.of(),
        Optional.empty(),
        null);
  }

  static Ruling reconciling(String reason, String message, Action... actions) {
    return new Ruling(
        Progress.RECONCILING,
        Optional.empty(),
        reason,
        message,
        List.of(actions),
        Optional.empty(),
        null);
  }

  static Ruling stalled(String reason, String message) {
    return new Ruling(
        Progress.STALLED, Optional.empty(), reason, message, List.of(), Optional.empty(), null);
  }

  Ruling about(Step about) {
    return new Ruling(progress, Optional.of(about), reason, message, actions, lookAgain, aside);
  }

  Ruling lookingAgain(Duration in) {
    return new Ruling(progress, step, reason, message, actions, Optional.of(in), aside);
  }

  Ruling doing(Action action) {
    return new Ruling(progress, step, reason, message, List.of(action), lookAgain, aside);
  }

  Ruling beside(String word, String sentence) {
    return new Ruling(
        progress, step, reason, message, actions, lookAgain, new Aside(word, sentence));
  }
}
