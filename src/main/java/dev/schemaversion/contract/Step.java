package dev.schemaversion.contract;

import java.util.Locale;

/** The steps; each Job runs one of them. */
public enum Step {
  /** Determines the starting version, and stamps a proven claim into the history. Runs once. */
  BASELINE,
  /** Migrates the database to the wanted version. */
  SYNC,
  /** Compares the digests of schema and history with the recorded ones; needs no scratch server. */
  VERIFY,
  /** Proves the version in the history on a scratch server; writes nothing to the database. */
  PROVE,
  /**
   * Does the same as a sync until before the first migration, and reports a plan; writes nothing to
   * the database. What an interrupted sync has left it reports, and the next sync settles it.
   */
  PLAN;

  /** Returns whether it may write to the database. In sessions of the others the server refuses. */
  public boolean writes() {
    return this == BASELINE || this == SYNC;
  }

  /** Returns the name of the step in Job names and labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
