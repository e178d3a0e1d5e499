package dev.schemaversion.decide.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a state when nothing more goes wrong and nobody changes anything: everybody goes
 * on in turn until nothing is left to do.
 */
final class Calm {
  /** More moves than any story has that comes to an end. */
  static final int PATIENCE = 1000;

  private final Moves moves;

  Calm(Moves moves) {
    this.moves = moves;
  }

  /** The moves to where it stands without a reason, or goes on for ever; empty if it settles. */
  Optional<List<Move>> stuck(State from) {
    var path = new ArrayList<Move>();
    for (var state = from; path.size() < PATIENCE; state = path.getLast().next()) {
      var next = new ArrayList<Move>();
      moves.ofThemselves(state, next::add);
      if (next.isEmpty()) {
        return Invariants.settled(state) ? Optional.empty() : Optional.of(path);
      }
      path.add(next.getFirst());
    }
    return Optional.of(path);
  }
}
