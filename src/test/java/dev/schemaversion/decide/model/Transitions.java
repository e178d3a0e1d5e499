package dev.schemaversion.decide.model;

import java.util.List;
import java.util.function.Consumer;

/** All transitions from a state. */
final class Transitions {
  private final InternPool pool;
  private final OperatorTransitions operators;
  private final RunnerTransitions runners;
  private final Disturbances disturbances;

  Transitions(Safeguards safeguards, DecisionCache decisions, InternPool pool) {
    this.pool = pool;
    var stored = new StoredJobs(safeguards, pool);
    this.operators = new OperatorTransitions(safeguards, decisions, stored, pool);
    this.runners = new RunnerTransitions(safeguards, pool);
    this.disturbances = new Disturbances(operators, runners, stored, pool);
  }

  /** Adds the transitions that happen without faults and users. */
  void regular(State state, Consumer<Transition> transitions) {
    runners.transitions(state, transitions);
    operators.transitions(state, transitions);
  }

  /** Adds the transitions by faults, leader changes and users. */
  void disturbances(State state, Consumer<Transition> transitions) {
    disturbances.transitions(state, transitions);
  }

  /** Returns the initial state: a resource that was just applied. */
  State initial(Database database, State.Budget budget) {
    var resource = pool.of(Resource.applied(database.version() + 1));
    var jobs = pool.of(List.<Job>of());
    var operator = operators.started(resource, jobs);
    return new State(
        resource, jobs, operator, operator, database, pool.of(List.<Runner>of()), budget, null);
  }
}
