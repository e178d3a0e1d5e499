package dev.schemaversion.e2e.bench;

import dev.schemaversion.e2e.bench.timeline.Recorder;

/** Applies a release in one of the ways. Objects are applied one after another by one client. */
interface Delivery {
  /**
   * Applies a release that runs on the database as it is, and migrates nothing. Returns when the
   * way is ready for the next release, except for the program.
   */
  void start(Release release, Recorder recorder) throws InterruptedException;

  /** Applies a release, and returns when there is nothing left to apply. */
  void apply(Release release, Recorder recorder) throws InterruptedException;

  /** Applies a release that was applied before, and returns when the way has done what it does. */
  default void applyAgain(Release release, Recorder recorder) throws InterruptedException {
    apply(release, recorder);
  }
}
