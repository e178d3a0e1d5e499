package dev.schemaversion.runner;

/** Whether somebody wants the run to end. It is asked between migrations, never inside one. */
final class Stop {
  private volatile boolean requested;

  void request() {
    requested = true;
  }

  boolean isRequested() {
    return requested;
  }
}
