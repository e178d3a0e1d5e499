package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.State.Budget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Walks through all that can happen, nearest first, so that the first broken rule that is found has
 * the shortest story. Then it asks of each state whether a run without faults settles from there.
 */
final class Explorer {
  private static final int NONE = -1;

  private final Pool pool = new Pool();
  private final Mind mind;
  private final Moves moves;
  private final Invariants invariants;
  private final States states = new States(pool);

  /** Of each state, the one that it was reached from first. */
  private final Numbers from = new Numbers();

  /** Of each state, what comes next when nothing more goes wrong, if anybody looked. */
  private final Numbers calm = new Numbers();

  private final BitSet settles = new BitSet();
  private long transitions;
  private long cut;

  Explorer(Mechanisms mechanisms) {
    this.mind = new Mind(mechanisms.decide(), pool);
    this.moves = new Moves(mechanisms, mind, pool);
    this.invariants = new Invariants(mechanisms.alone());
  }

  /**
   * What was found.
   *
   * @param states how many different ones
   * @param transitions how many moves from one to another
   * @param decisions how many different views were decided about
   * @param cut how many states were left where no more Jobs may be made
   * @param broken the first broken rule with its story, or empty
   */
  record Result(long states, long transitions, long decisions, long cut, Optional<Story> broken) {}

  /** All that can happen from when a resource is applied that wants the version that comes next. */
  Result explore(Database database, Budget budget) {
    reach(moves.beginning(database, budget), NONE);
    // The list grows meanwhile; its order is that of the distance from the beginning.
    for (int number = 0; number < states.size(); number++) {
      var state = states.get(number);
      var broken = invariants.broken(state);
      if (broken.isPresent()) {
        return result(Optional.of(new Story(broken.get(), story(number))));
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
    moves.ofThemselves(
        state,
        move -> {
          int next = reach(move.next(), number);
          if (calm.get(number) == NONE) {
            calm.set(number, next);
          }
        });
    moves.besides(state, move -> reach(move.next(), number));
  }

  private int reach(State state, int before) {
    int known = states.size();
    int number = states.of(state);
    if (number == known) {
      from.set(number, before);
      calm.set(number, NONE);
    }
    transitions += before == NONE ? 0 : 1;
    return number;
  }

  /** From where a run without faults comes to no good end. */
  private Optional<Story> unsettled() {
    var ending = new Calm(moves);
    for (int number = 0; number < states.size(); number++) {
      var path = new ArrayList<Integer>();
      int end = number;
      while (!settles.get(end) && calm.get(end) != NONE && path.size() < Calm.PATIENCE) {
        path.add(end);
        end = calm.get(end);
      }
      var rest = settles.get(end) ? Optional.<List<Move>>empty() : ending.stuck(states.get(end));
      if (rest.isPresent()) {
        var whole = new ArrayList<>(story(number));
        path.add(end);
        whole.addAll(moves(path));
        whole.addAll(rest.get());
        return Optional.of(new Story("it is stuck without a reason", whole));
      }
      settles.set(end);
      path.forEach(settles::set);
    }
    return Optional.empty();
  }

  private List<Move> story(int end) {
    var path = new ArrayList<Integer>();
    for (int number = end; number != NONE; number = from.get(number)) {
      path.add(number);
    }
    return moves(path.reversed());
  }

  /** What leads from each of these to the next, found again: nobody has kept the words. */
  private List<Move> moves(List<Integer> path) {
    var found = new ArrayList<Move>();
    for (int i = 1; i < path.size(); i++) {
      var next = states.get(path.get(i));
      var all = new ArrayList<Move>();
      moves.ofThemselves(states.get(path.get(i - 1)), all::add);
      moves.besides(states.get(path.get(i - 1)), all::add);
      all.stream().filter(move -> move.next().equals(next)).findFirst().ifPresent(found::add);
    }
    return found;
  }

  private Result result(Optional<Story> broken) {
    return new Result(states.size(), transitions, mind.decided(), cut, broken);
  }
}
