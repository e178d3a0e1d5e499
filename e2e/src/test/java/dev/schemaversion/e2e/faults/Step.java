package dev.schemaversion.e2e.faults;

import java.util.Locale;
import java.util.Optional;

/** The step at which a fault is injected. The work stops there until it is resumed. */
enum Step {
  BEFORE_JOB("before the Job"),
  PENDING("Job pending"),
  PROOF("during the proof"),
  BETWEEN("between migrations"),
  INSIDE("inside a migration"),
  CONCURRENT_INDEX("inside a concurrent index build"),
  BETWEEN_STATEMENTS("after a COMMIT in a migration"),
  AFTER_SQL("after the last SQL"),
  BEFORE_REPEATABLE("before the repeatable migration"),
  CALLBACK("inside a callback"),
  AFTER_REPORT("after the report"),
  RELEASE("during the release");

  private final String words;

  Step(String words) {
    this.words = words;
  }

  /** Whether there is a Job. */
  boolean hasJob() {
    return this != BEFORE_JOB;
  }

  /** Whether the runner is at work. */
  boolean hasRunner() {
    return compareTo(PENDING) > 0 && compareTo(AFTER_REPORT) < 0;
  }

  /** Whether it stands because the runner's session with its lock does not answer. */
  boolean needsFrozenRunner() {
    return this == BETWEEN || this == AFTER_SQL || this == BEFORE_REPEATABLE;
  }

  /** Whether there are a repeatable migration and a callback beside the versioned ones. */
  boolean hasFinishingScripts() {
    return this == BEFORE_REPEATABLE || this == CALLBACK;
  }

  /** Why it does not exist on an engine; empty if it does. */
  Optional<String> impossible(Engine engine) {
    return engine.isOneProcess() && (this == CONCURRENT_INDEX || this == BETWEEN_STATEMENTS)
        ? Optional.of("each statement commits there, as inside a migration")
        : Optional.empty();
  }

  /** The label of the namespace while the work is to stop here. */
  String label() {
    return Holds.LABEL + ": " + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return words;
  }
}
