package dev.schemaversion.decide.model;

import dev.schemaversion.decide.model.State.Budget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks through all that can happen, nearest first, so that the first broken rule that is found has
 * the shortest story. Then it asks of each state whether a run without faults settles from there.
 */
final class Explorer {
  /** A state that was reached. */
  private static final class Node {
    final State state;
    final Node from;
    final String what;

    /** What comes next when nothing more goes wrong; null where nothing does, or nobody looked. */
    Node calm;

    boolean settles;

    Node(State state, Node from, String what) {
      this.state = state;
      this.from = from;
      this.what = what;
    }
  }

  private final Pool pool = new Pool();
  private final Mind mind;
  private final Moves moves;
  private final Map<State, Node> reached = new LinkedHashMap<>();
  private final ArrayDeque<Node> ahead = new ArrayDeque<>();
  private long transitions;
  private long cut;

  Explorer(Mechanisms mechanisms) {
    this.mind = new Mind(mechanisms.decide(), pool);
    this.moves = new Moves(mechanisms, mind, pool);
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

  /** All that can happen from when a resource is applied that wants the first version. */
  Result explore(Database database, Budget budget) {
    reach(moves.beginning(database, budget), null, null);
    while (!ahead.isEmpty()) {
      var node = ahead.poll();
      var broken = Invariants.broken(node.state);
      if (broken.isPresent()) {
        return result(Optional.of(new Story(broken.get(), story(node))));
      }
      expand(node);
    }
    return result(unsettled());
  }

  private void expand(Node node) {
    if (node.state.left().jobs() <= 0) {
      cut++;
      return;
    }
    moves.ofThemselves(
        node.state,
        move -> {
          var next = reach(move.next(), node, move.what());
          node.calm = node.calm == null ? next : node.calm;
        });
    moves.besides(node.state, move -> reach(move.next(), node, move.what()));
  }

  private Node reach(State state, Node from, String what) {
    transitions += from == null ? 0 : 1;
    var known = reached.get(state);
    if (known != null) {
      return known;
    }
    var node = new Node(state, from, what);
    reached.put(state, node);
    ahead.add(node);
    return node;
  }

  /** From where a run without faults comes to no good end. */
  private Optional<Story> unsettled() {
    var calm = new Calm(moves);
    for (var node : reached.values()) {
      var path = new ArrayList<Node>();
      var end = node;
      while (!end.settles && end.calm != null && path.size() < Calm.PATIENCE) {
        path.add(end);
        end = end.calm;
      }
      var rest = end.settles ? Optional.<List<Move>>empty() : calm.stuck(end.state);
      if (rest.isPresent()) {
        var whole = new ArrayList<>(story(node));
        path.stream().skip(1).forEach(each -> whole.add(new Move(each.what, each.state)));
        whole.addAll(rest.get());
        return Optional.of(new Story("it is stuck without a reason", whole));
      }
      end.settles = true;
      path.forEach(each -> each.settles = true);
    }
    return Optional.empty();
  }

  private static List<Move> story(Node end) {
    var story = new ArrayList<Move>();
    for (var node = end; node.from != null; node = node.from) {
      story.add(new Move(node.what, node.state));
    }
    Collections.reverse(story);
    return story;
  }

  private Result result(Optional<Story> broken) {
    return new Result(reached.size(), transitions, mind.decided(), cut, broken);
  }
}
