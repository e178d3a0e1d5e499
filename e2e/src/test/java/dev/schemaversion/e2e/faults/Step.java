package dev.schemaversion.e2e.faults;

/** The step at which a fault is injected. The work stops there until it is resumed. */
enum Step {
  BEFORE_JOB("before the Job"),
  PENDING("Job pending"),
  PROOF("during the proof"),
  BETWEEN("between migrations"),
  INSIDE("inside a migration"),
  AFTER_SQL("after the last SQL"),
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
    return this == BETWEEN || this == AFTER_SQL;
  }

  @Override
  public String toString() {
    return words;
  }
}
