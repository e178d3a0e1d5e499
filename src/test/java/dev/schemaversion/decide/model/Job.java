package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.JobFixtures;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;

/**
 * A Job with its pod, as the API server has it.
 *
 * @param seen what can be seen of it
 * @param target the version its runner is told to go to
 * @param afterLost whether its runner is told to prove first
 */
record Job(ObservedJob seen, int target, boolean afterLost) {
  String uid() {
    return seen.uid();
  }

  Step step() {
    return seen.step();
  }

  boolean is(State state) {
    return seen.state() == state;
  }

  Job started() {
    return with(JobFixtures.running(seen, Mind.BEFORE));
  }

  Job ended(Report report) {
    return with(JobFixtures.ended(seen, report, Mind.BEFORE));
  }

  Job died() {
    return with(JobFixtures.killed(seen, Mind.BEFORE));
  }

  Job adopted() {
    return with(JobFixtures.adopted(seen));
  }

  private Job with(ObservedJob other) {
    return new Job(other, target, afterLost);
  }
}
