package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.State.Budget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Explores all reachable states breadth-first, so that the first violation has a shortest trace.
 * Afterwards it checks that a run without faults settles from each state.
 */
final class Explorer {
  private static final int NONE = -1;

  private final InternPool pool = new InternPool();
  private final DecisionCache decisionCache;
  private final Transitions transitions;
  private final Invariants invariants;
  private final StateTable states = new StateTable(pool);

  /** The predecessor of each state on a shortest trace. */
  private final ChunkedIntArray from = new ChunkedIntArray();

  /** The successor of each state in a run without faults, if known. */
  private final ChunkedIntArray faultFree = new ChunkedIntArray();

  private final BitSet settles = new BitSet();
  private long transitionCount;
  private long cut;

  /** Explores with a resource that claims the version of an empty database: a baseline is first. */
  Explorer(Safeguards safeguards) {
    this(safeguards, true);
  }

  /**
   * Explores the interleavings.
   *
   * @param claims whether the resource claims a version, so that its first Job is a baseline
   */
  Explorer(Safeguards safeguards, boolean claims) {
    this.decisionCache = new DecisionCache(safeguards.decide(), pool, claims);
    this.transitions = new Transitions(safeguards, decisionCache, pool);
    this.invariants = new Invariants(safeguards.listsJobs());
  }

  /**
   * The result of an exploration.
   *
   * @param states the number of states
   * @param transitions the number of transitions between them
   * @param decisions the number of different decisions
   * @param cut the number of states that were not expanded, because the budget has no more Jobs
   * @param broken the first violation, or empty
   */
  record Result(
      long states, long transitions, long decisions, long cut, Optional<Counterexample> broken) {}

  /** Explores from a newly applied resource that wants the next version. */
  Result explore(Database database, Budget budget) {
    reach(transitions.initial(database, budget), NONE);
    // The table grows during the loop, in order of the distance from the initial state.
    for (int number = 0; number < states.size(); number++) {
      var state = states.get(number);
      var broken = invariants.broken(state);
      if (broken.isPresent()) {
        return result(Optional.of(new Counterexample(broken.get(), trace(number))));
      }
      expand(number, state);
    }
    return result(unsettled());
  }

  private void expand(int number, State state) {
    if (state.left().jobs() <= 0) {
      cut++;
      return;
    }
    transitions.regular(
        state,
        transition -> {
          int next = reach(transition.next(), number);
          if (faultFree.get(number) == NONE) {
            faultFree.set(number, next);
          }
        });
    transitions.disturbances(state, transition -> reach(transition.next(), number));
  }

  private int reach(State state, int before) {
    int known = states.size();
    int number = states.of(state);
    if (number == known) {
      from.set(number, before);
      faultFree.set(number, NONE);
    }
    transitionCount += before == NONE ? 0 : 1;
    return number;
  }

  /** Returns a trace after which a run without faults does not settle. */
  private Optional<Counterexample> unsettled() {
    var ending = new FaultFreeRun(transitions);
    for (int number = 0; number < states.size(); number++) {
      var path = new ArrayList<Integer>();
      int end = number;
      while (!settles.get(end)
          && faultFree.get(end) != NONE
          && path.size() < FaultFreeRun.MAX_LENGTH) {
        path.add(end);
        end = faultFree.get(end);
      }
      var rest =
          settles.get(end) ? Optional.<List<Transition>>empty() : ending.stuck(states.get(end));
      if (rest.isPresent()) {
        var whole = new ArrayList<>(trace(number));
        path.add(end);
        whole.addAll(transitions(path));
        whole.addAll(rest.get());
        return Optional.of(new Counterexample("the resource does not settle", whole));
      }
      settles.set(end);
      path.forEach(settles::set);
    }
    return Optional.empty();
  }

  private List<Transition> trace(int end) {
    var path = new ArrayList<Integer>();
    for (int number = end; number != NONE; number = from.get(number)) {
      path.add(number);
    }
    return transitions(path.reversed());
  }

  /** Returns the transitions along a path; they are computed again, because no state keeps them. */
  private List<Transition> transitions(List<Integer> path) {
    var found = new ArrayList<Transition>();
    for (int i = 1; i < path.size(); i++) {
      var next = states.get(path.get(i));
      var all = new ArrayList<Transition>();
      transitions.regular(states.get(path.get(i - 1)), all::add);
      transitions.disturbances(states.get(path.get(i - 1)), all::add);
      all.stream()
          .filter(transition -> transition.next().equals(next))
          .findFirst()
          .ifPresent(found::add);
    }
    return found;
  }

  private Result result(Optional<Counterexample> broken) {
    return new Result(states.size(), transitionCount, decisionCache.decisions(), cut, broken);
  }
}
