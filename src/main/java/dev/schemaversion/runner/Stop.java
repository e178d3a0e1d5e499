package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;

/** Whether somebody wants the run to end. It is asked between migrations, never inside one. */
final class Stop {
  private volatile boolean requested;

  void request() {
    requested = true;
  }

  /**
   * Ends the run before a script on the database itself, if somebody wants it to end.
   *
   * @throws RunFailure {@link Outcome#INTERRUPTED}
   */
  void endBefore(String next) {
    end(next, "What ran until then is committed; the next attempt goes on from here.");
  }

  /** The same before a script on the scratch server. */
  void endTrialBefore(String next) {
    end(
        next + " on the scratch server",
        "The database was not touched; the next attempt begins the proof anew.");
  }

  private void end(String next, String state) {
    if (requested) {
      throw new RunFailure(
          Outcome.INTERRUPTED, "Told to stop, and stopped before " + next + ". " + state);
    }
  }

  boolean isRequested() {
    return requested;
  }
}
