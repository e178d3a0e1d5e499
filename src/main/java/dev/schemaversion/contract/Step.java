package dev.schemaversion.contract;

import java.util.Locale;

/** What a Job is for. */
public enum Step {
  /** Finds out what the database is and, where the user said so, stamps its version. Runs once. */
  BASELINE,
  /** Takes the database to the wanted version. */
  SYNC;

  /** The step as it stands in Job names and labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
