package dev.schemaversion.decide.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Continues from a state without faults and without changes by users, until nothing is left to do.
 */
final class FaultFreeRun {
  /** More transitions than any run that settles. */
  static final int MAX_LENGTH = 1000;

  private final Transitions transitions;

  FaultFreeRun(Transitions transitions) {
    this.transitions = transitions;
  }

  /** Returns the trace of a run that does not settle or does not end; empty if it settles. */
  Optional<List<Transition>> stuck(State from) {
    var path = new ArrayList<Transition>();
    for (var state = from; path.size() < MAX_LENGTH; state = path.getLast().next()) {
      var next = new ArrayList<Transition>();
      transitions.regular(state, next::add);
      if (next.isEmpty()) {
        return Invariants.settled(state) ? Optional.empty() : Optional.of(path);
      }
      path.add(next.getFirst());
    }
    return Optional.of(path);
  }
}
