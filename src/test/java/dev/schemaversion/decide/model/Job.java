package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.JobFixtures;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;

/**
 * A Job with its pod in the API server.
 *
 * @param seen the Job as the operator observes it
 * @param target the version in its request
 * @param afterLost whether its request says to prove first
 * @param first whether its request says to begin with a baseline
 */
record Job(ObservedJob seen, int target, boolean afterLost, boolean first) {
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
    return with(JobFixtures.running(seen, DecisionCache.BEFORE));
  }

  Job ended(Report report) {
    return with(JobFixtures.ended(seen, report, DecisionCache.BEFORE));
  }

  Job died() {
    return with(JobFixtures.killed(seen, DecisionCache.BEFORE));
  }

  Job adopted() {
    return with(JobFixtures.adopted(seen));
  }

  private Job with(ObservedJob other) {
    return new Job(other, target, afterLost, first);
  }
}
