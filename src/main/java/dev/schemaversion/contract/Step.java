package dev.schemaversion.contract;

import java.util.Locale;

/** What a Job is for. */
public enum Step {
  /** Finds out what the database is and, where the user said so, stamps its version. Runs once. */
  BASELINE,
  /** Takes the database to the wanted version. */
  SYNC,
  /**
   * Reads the schema's fingerprint and the history's, and nothing else; needs no scratch server.
   */
  VERIFY,
  /** Proves on a scratch server what the history claims; writes nothing to the database. */
  PROVE,
  /** Does what a sync does up to the point where it would write to the database. */
  PLAN;

  /** The step as it stands in Job names and labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
