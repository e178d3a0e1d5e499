package dev.schemaversion.decide;

/**
 * What a decision needs from the queue of Jobs, which limits how many Jobs run at the same time.
 */
public enum JobDemand {
  /** The decision needs no new Job. */
  NONE,
  /** The next sync is announced to the gate, and live pods block it. */
  BLOCKED,
  /** The decision prepares a sync: it announces the target to the gate, or lists the live pods. */
  PREPARE,
  /** The decision creates a Job. */
  CREATE;

  /** Returns whether the decision may be executed only with a place for its Job. */
  public boolean needsPlace() {
    return this == PREPARE || this == CREATE;
  }
}
