package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.RunnerReports;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The transitions of runners. A runner trusts the history unless its request says to prove first,
 * or the history marks a script that did not finish.
 */
final class RunnerTransitions {
  private final Safeguards safeguards;
  private final InternPool pool;

  RunnerTransitions(Safeguards safeguards, InternPool pool) {
    this.safeguards = safeguards;
    this.pool = pool;
  }

  void transitions(State state, Consumer<Transition> transitions) {
    for (var job : state.jobs().value) {
      if (job.is(ObservedJob.State.PENDING)) {
        transitions.accept(
            new Transition("the runner of " + job.seen().name() + " starts", started(state, job)));
      }
    }
    for (var runner : state.runners().value) {
      transitions.accept(proceeds(state, runner));
    }
  }

  private State started(State state, Job job) {
    var runners = new ArrayList<>(state.runners().value);
    var started = job.started();
    runners.add(Runner.of(started));
    return replacing(state, job.uid(), any -> started).withRunners(pool.of(List.copyOf(runners)));
  }

  private Transition proceeds(State state, Runner runner) {
    var name = "the runner of " + runner.job().seen().name();
    return switch (runner.phase()) {
      case STARTED -> locks(state, runner, name);
      case LOCKED -> verifies(state, runner, name);
      case MIGRATING -> migrates(state, runner, name);
      case DONE ->
          new Transition(
              name + " ends with " + runner.report().outcome().reason(),
              gone(state, runner, job -> job.ended(runner.report())));
    };
  }

  private Transition locks(State state, Runner runner, String name) {
    if (runner.stop()) {
      return new Transition(
          name + " stops before it starts a step",
          put(state, runner, runner.done(RunnerReports.failed(step(runner), Outcome.INTERRUPTED))));
    }
    boolean busy = state.runners().value.stream().anyMatch(Runner::works);
    return busy && safeguards.lock()
        ? new Transition(
            name + " finds the lock held",
            put(state, runner, runner.done(RunnerReports.failed(step(runner), Outcome.LOCK_BUSY))))
        : new Transition(name + " acquires the lock", put(state, runner, runner.locked()));
  }

  private Transition verifies(State state, Runner runner, String name) {
    var database = state.database();
    var version = text(database.version());
    // A first sync is a baseline until it has found an empty database.
    var step = runner.job().first() ? Step.BASELINE : step(runner);
    boolean aware = runner.job().afterLost() || (step == Step.SYNC && safeguards.marks());
    if (database.between() && (aware || step != Step.SYNC)) {
      var outcome = aware ? Outcome.HALF_APPLIED : Outcome.HISTORY_CONTRADICTED;
      var between = RunnerReports.schema("between " + version);
      return done(state, runner, name, RunnerReports.refuted(step, outcome, version, between));
    }
    return switch (step) {
      case BASELINE -> baseline(state, runner, name, version);
      case SYNC ->
          database.version() > runner.job().target()
              ? done(
                  state,
                  runner,
                  name,
                  RunnerReports.failed(step, Outcome.DOWNGRADE_REFUSED, version, 0))
              : new Transition(
                  name + " has read the version",
                  put(state, runner, runner.migrating(database.version())));
      default -> done(state, runner, name, RunnerReports.proved(version));
    };
  }

  private Transition baseline(State state, Runner runner, String name, String version) {
    if (version != null) {
      return done(state, runner, name, RunnerReports.foundHistory(version));
    }
    return runner.job().first()
        ? new Transition(
            name + " has found an empty database", put(state, runner, runner.migrating(0)))
        : done(state, runner, name, RunnerReports.foundEmpty());
  }

  private Transition migrates(State state, Runner runner, String name) {
    var database = state.database();
    int target = runner.job().target();
    if (!database.pending(target)) {
      var report =
          RunnerReports.synced(
              text(database.version()), database.version() - runner.initialVersion());
      return done(
          state, runner, name, runner.job().first() ? RunnerReports.fromEmpty(report) : report);
    }
    var migrated = database.committed(target, runner.run());
    if (database.version() == target) {
      return new Transition(name + " runs the repeatable migration", state.withDatabase(migrated));
    }
    var what =
        database.transactional()
            ? " commits a script with its row"
            : migrated.version() > database.version()
                ? " writes a row into the history"
                : " runs a statement";
    var after = put(state, runner, runner.withRun(database.run(runner.run())));
    return new Transition(name + what, after.withDatabase(migrated));
  }

  private Transition done(State state, Runner runner, String name, Report report) {
    return new Transition(
        name + " is done: " + report.outcome().reason(), put(state, runner, runner.done(report)));
  }

  /** Removes the process of a runner, and changes its Job accordingly if the Job still exists. */
  State gone(State state, Runner runner, UnaryOperator<Job> end) {
    var rest = state.runners().value.stream().filter(other -> !other.equals(runner)).toList();
    return replacing(state, runner.job().uid(), end).withRunners(pool.of(rest));
  }

  State put(State state, Runner runner, Runner changed) {
    var runners =
        state.runners().value.stream()
            .map(other -> other.equals(runner) ? changed : other)
            .toList();
    return state.withRunners(pool.of(runners));
  }

  private State replacing(State state, String uid, UnaryOperator<Job> change) {
    return state.withJobs(
        pool.of(
            state.jobs().value.stream()
                .map(job -> job.uid().equals(uid) ? change.apply(job) : job)
                .toList()));
  }

  static Step step(Runner runner) {
    return runner.job().step();
  }

  static String text(int version) {
    return version == 0 ? null : "" + version;
  }
}
