package dev.schemaversion.decide;

import dev.schemaversion.desired.Given;

/** What Jobs are told beside what the resource says. */
final class Told {
  private Told() {}

  /** What the Job is told that is decided on next. */
  static Given given(World world) {
    return world.next().actions().stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(action -> ((Action.CreateJob) action).given())
        .findFirst()
        .orElseThrow();
  }
}
