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
   * Ends the run before a script, if somebody wants it to end.
   *
   * @throws RunFailure {@link Outcome#INTERRUPTED}
   */
  void endBefore(String next) {
    if (requested) {
      throw new RunFailure(
          Outcome.INTERRUPTED,
          "Told to stop, and stopped before "
              + next
              + ". What ran until then is committed; the next attempt goes on from here.");
    }
  }

  boolean isRequested() {
    return requested;
  }
}
