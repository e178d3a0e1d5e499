package dev.schemaversion.cli.terminal;

import java.time.Duration;

/** Waits for a time. */
@FunctionalInterface
public interface Pause {
  /** Returns after the time; false if the user has interrupted it. */
  boolean of(Duration time);

  /** Sleeps. */
  static boolean sleep(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
