package dev.schemaversion.decide.model;

import java.util.List;
import java.util.function.Consumer;

/** All that can happen next. */
final class Moves {
  private final Pool pool;
  private final Operators operators;
  private final Runners runners;
  private final Mishaps mishaps;

  Moves(Mechanisms mechanisms, Mind mind, Pool pool) {
    this.pool = pool;
    this.operators = new Operators(mechanisms, mind, pool);
    this.runners = new Runners(mechanisms, pool);
    this.mishaps = new Mishaps(operators, runners, pool);
  }

  /** What happens by itself. */
  void ofThemselves(State state, Consumer<Move> moves) {
    runners.moves(state, moves);
    operators.moves(state, moves);
  }

  /** What does not have to happen. */
  void besides(State state, Consumer<Move> moves) {
    mishaps.moves(state, moves);
  }

  /** A resource that was applied a moment ago, and nobody has looked at it. */
  State beginning(Database database, State.Budget budget) {
    var resource = pool.of(Resource.applied(database.version() + 1));
    var jobs = pool.of(List.<Job>of());
    var operator = operators.started(resource, jobs);
    return new State(
        resource, jobs, operator, operator, database, pool.of(List.<Runner>of()), budget, null);
  }
}
