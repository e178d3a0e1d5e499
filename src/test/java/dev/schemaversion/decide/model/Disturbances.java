package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.model.InternPool.Ref;
import dev.schemaversion.decide.model.Runner.Phase;
import java.util.function.Consumer;

/** Optional transitions: faults, changes of the leader, and what users do. */
final class Disturbances {
  private final OperatorTransitions operators;
  private final RunnerTransitions runners;
  private final StoredJobs stored;
  private final InternPool pool;

  Disturbances(
      OperatorTransitions operators,
      RunnerTransitions runners,
      StoredJobs stored,
      InternPool pool) {
    this.operators = operators;
    this.runners = runners;
    this.stored = stored;
    this.pool = pool;
  }

  void transitions(State state, Consumer<Transition> transitions) {
    if (state.left().leads() > 0) {
      changeLeader(state.withLeft(state.left().lead()), transitions);
    }
    if (state.left().faults() > 0) {
      faults(state.withLeft(state.left().fault()), transitions);
    }
    if (state.left().waits() > 0) {
      operators.queueJob(state.withLeft(state.left().waiting()), transitions);
    }
    if (state.left().edits() > 0 && !state.resource().value.gone()) {
      edits(state.withLeft(state.left().edit()), transitions);
    }
  }

  private void changeLeader(State state, Consumer<Transition> transitions) {
    transitions.accept(
        new Transition(
            "another operator becomes the leader", state.led(state.other(), state.leader())));
    if (state.leader().busy()) {
      transitions.accept(
          new Transition(
              "the operator is killed, and another one becomes the leader",
              state.led(state.other(), operators.killed(state.leader()))));
    }
  }

  private void faults(State state, Consumer<Transition> transitions) {
    if (state.leader().busy()) {
      transitions.accept(
          new Transition(
              "the operator is killed and restarts",
              state.withLeader(operators.started(state.resource(), state.jobs()))));
    }
    for (var runner : state.runners().value) {
      var name = runner.job().seen().name();
      transitions.accept(
          new Transition("the runner of " + name + " is killed", killed(state, runner)));
      if (isMigrating(state, runner)) {
        transitions.accept(
            new Transition(
                "the runner of " + name + " is killed during a commit",
                killed(committed(state, runner), runner)));
      }
      breakConnection(state, runner, transitions);
      failRepeatable(state, runner, transitions);
    }
    for (var job : state.jobs().value) {
      transitions.accept(
          new Transition("a user deletes " + job.seen().name(), deleted(state, job)));
    }
  }

  private State killed(State state, Runner runner) {
    return runners.gone(state, runner, Job::died);
  }

  private void breakConnection(State state, Runner runner, Consumer<Transition> transitions) {
    if (!runner.works()) {
      return;
    }
    var disconnected =
        runner.done(RunnerReports.failed(RunnerTransitions.step(runner), Outcome.CONNECTION_LOST));
    var what = "the connection of " + runner.job().seen().name() + " breaks";
    transitions.accept(new Transition(what, runners.put(state, runner, disconnected)));
    if (isMigrating(state, runner)) {
      transitions.accept(
          new Transition(
              what + " during a commit",
              runners.put(committed(state, runner), runner, disconnected)));
    }
  }

  /** What the versioned migrations committed stays; the report says at which version. */
  private void failRepeatable(State state, Runner runner, Consumer<Transition> transitions) {
    var database = state.database();
    if (isMigrating(state, runner) && database.version() == runner.job().target()) {
      var report =
          RunnerReports.failed(
              Step.SYNC,
              Outcome.MIGRATION_FAILED,
              RunnerTransitions.text(database.version()),
              database.version() - runner.initialVersion());
      transitions.accept(
          new Transition(
              "the repeatable migration of " + runner.job().seen().name() + " fails",
              runners.put(state, runner, runner.done(report))));
    }
  }

  private static boolean isMigrating(State state, Runner runner) {
    return runner.phase() == Phase.MIGRATING
        && RunnerTransitions.step(runner) == Step.SYNC
        && state.database().pending(runner.job().target());
  }

  private static State committed(State state, Runner runner) {
    return state.withDatabase(state.database().committed(runner.job().target(), runner.run()));
  }

  /** The pod gets SIGTERM; the process continues while it holds the lock. */
  private State deleted(State state, Job job) {
    var runnersNow =
        state.runners().value.stream()
            .map(runner -> runner.of(job.uid()) ? runner.stopped() : runner)
            .toList();
    return state
        .withJobs(pool.of(state.jobs().value.stream().filter(other -> !other.equals(job)).toList()))
        .withRunners(pool.of(runnersNow))
        .withLeft(state.left().tampering());
  }

  private void edits(State state, Consumer<Transition> transitions) {
    var resource = state.resource().value;
    if (!resource.deleting()) {
      int other = 3 - resource.wanted();
      transitions.accept(
          new Transition(
              "a user sets version " + other, edited(state, pool.of(resource.wanting(other)))));
      transitions.accept(
          new Transition(
              resource.suspended() ? "a user resumes the resource" : "a user suspends the resource",
              edited(state, pool.of(resource.toggleSuspend()))));
      transitions.accept(
          new Transition("a user requests a retry", edited(state, pool.of(resource.retried()))));
      var deleted = edited(state, pool.of(resource.deleted()));
      transitions.accept(
          new Transition(
              "a user deletes the resource",
              deleted.resource().value.gone() ? stored.collected(deleted) : deleted));
    }
    boolean idle = state.runners().value.stream().noneMatch(Runner::works);
    if (state.database().between() && idle && reportsHalfApplied(resource)) {
      transitions.accept(
          new Transition(
              "a user undoes the half-applied script, and requests a retry",
              edited(state, pool.of(resource.retried()))
                  .withDatabase(state.database().repaired())));
    }
  }

  private static boolean reportsHalfApplied(Resource resource) {
    var interruptedSync = resource.status().interruptedSync();
    return interruptedSync != null
        && Outcome.HALF_APPLIED.reason().equals(interruptedSync.reason());
  }

  private static State edited(State state, Ref<Resource> changed) {
    return state.withResource(changed).led(state.leader().outdated(), state.other().outdated());
  }
}
