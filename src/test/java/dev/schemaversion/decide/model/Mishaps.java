package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.SimulatedClusters;
import dev.schemaversion.decide.model.Pool.Ref;
import dev.schemaversion.decide.model.Runner.Phase;
import java.util.function.Consumer;

/** What does not have to happen: faults, other leaders, and what people do. */
final class Mishaps {
  private final Operators operators;
  private final Runners runners;
  private final Pool pool;

  Mishaps(Operators operators, Runners runners, Pool pool) {
    this.operators = operators;
    this.runners = runners;
    this.pool = pool;
  }

  void moves(State state, Consumer<Move> moves) {
    if (state.left().leads() > 0) {
      leads(state.withLeft(state.left().lead()), moves);
    }
    if (state.left().faults() > 0) {
      faults(state.withLeft(state.left().fault()), moves);
    }
    if (state.left().edits() > 0 && !state.resource().value.gone()) {
      edits(state.withLeft(state.left().edit()), moves);
    }
  }

  private void leads(State state, Consumer<Move> moves) {
    moves.accept(new Move("another operator leads", state.led(state.other(), state.leader())));
    if (state.leader().busy()) {
      moves.accept(
          new Move(
              "the operator is killed, and another one leads",
              state.led(state.other(), operators.killed(state.leader()))));
    }
  }

  private void faults(State state, Consumer<Move> moves) {
    if (state.leader().busy()) {
      moves.accept(
          new Move(
              "the operator is killed and starts again",
              state.withLeader(operators.started(state.resource(), state.jobs()))));
    }
    for (var runner : state.runners().value) {
      var name = runner.job().seen().name();
      moves.accept(new Move("the runner of " + name + " is killed", killed(state, runner)));
      if (inTheMiddle(state, runner)) {
        moves.accept(
            new Move(
                "the runner of " + name + " is killed while its commit is on its way",
                killed(committed(state, runner), runner)));
      }
      cut(state, runner, moves);
    }
    for (var job : state.jobs().value) {
      moves.accept(
          new Move("somebody deletes " + job.seen().name() + " by hand", deleted(state, job)));
    }
  }

  private State killed(State state, Runner runner) {
    return runners.gone(state, runner, Job::died);
  }

  private void cut(State state, Runner runner, Consumer<Move> moves) {
    if (!runner.works()) {
      return;
    }
    var lost = runner.done(SimulatedClusters.failed(Runners.step(runner), Outcome.CONNECTION_LOST));
    var what = "the connection of " + runner.job().seen().name() + " is cut";
    moves.accept(new Move(what, runners.put(state, runner, lost)));
    if (inTheMiddle(state, runner)) {
      moves.accept(
          new Move(
              what + " while its commit is on its way",
              runners.put(committed(state, runner), runner, lost)));
    }
  }

  private static boolean inTheMiddle(State state, Runner runner) {
    return runner.phase() == Phase.MIGRATING
        && Runners.step(runner) == Step.SYNC
        && state.database().version() < runner.job().target();
  }

  private static State committed(State state, Runner runner) {
    return state.withDatabase(state.database().migrated(runner.run()));
  }

  /** Its pod is told to stop; the process goes on as long as it holds the lock. */
  private State deleted(State state, Job job) {
    var told =
        state.runners().value.stream()
            .map(runner -> runner.of(job.uid()) ? runner.told() : runner)
            .toList();
    return state
        .withJobs(pool.of(state.jobs().value.stream().filter(other -> !other.equals(job)).toList()))
        .withRunners(pool.of(told))
        .withLeft(state.left().tampering());
  }

  private void edits(State state, Consumer<Move> moves) {
    var resource = state.resource().value;
    if (!resource.deleting()) {
      int other = 3 - resource.wanted();
      moves.accept(
          new Move(
              "somebody wants version " + other, edited(state, pool.of(resource.wanting(other)))));
      moves.accept(
          new Move(
              resource.suspended() ? "somebody ends the suspension" : "somebody suspends it",
              edited(state, pool.of(resource.suspending()))));
      moves.accept(
          new Move("somebody asks for a retry", edited(state, pool.of(resource.retried()))));
      var deleted = edited(state, pool.of(resource.deleted()));
      moves.accept(
          new Move(
              "somebody deletes the resource",
              deleted.resource().value.gone() ? operators.collected(deleted) : deleted));
    }
    boolean free = state.runners().value.stream().noneMatch(Runner::works);
    if (state.database().between() && free && saysSo(resource)) {
      moves.accept(
          new Move(
              "somebody undoes what the script has done, and asks for a retry",
              edited(state, pool.of(resource.retried())).withDatabase(state.database().mended())));
    }
  }

  private static boolean saysSo(Resource resource) {
    var interruptedSync = resource.status().interruptedSync();
    return interruptedSync != null
        && Outcome.HALF_APPLIED.reason().equals(interruptedSync.reason());
  }

  private static State edited(State state, Ref<Resource> changed) {
    return state.withResource(changed).led(state.leader().outdated(), state.other().outdated());
  }
}
