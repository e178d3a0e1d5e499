package dev.schemaversion.decide.model;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.SimulatedClusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What runners do. They believe the history unless they are told to prove first, or it says itself
 * that a script has not ended.
 */
final class Runners {
  private final Mechanisms mechanisms;
  private final Pool pool;

  Runners(Mechanisms mechanisms, Pool pool) {
    this.mechanisms = mechanisms;
    this.pool = pool;
  }

  void moves(State state, Consumer<Move> moves) {
    for (var job : state.jobs().value) {
      if (job.is(ObservedJob.State.PENDING)) {
        moves.accept(
            new Move("the runner of " + job.seen().name() + " starts", started(state, job)));
      }
    }
    for (var runner : state.runners().value) {
      moves.accept(goesOn(state, runner));
    }
  }

  private State started(State state, Job job) {
    var runners = new ArrayList<>(state.runners().value);
    var started = job.started();
    runners.add(Runner.of(started));
    return replacing(state, job.uid(), any -> started).withRunners(pool.of(List.copyOf(runners)));
  }

  private Move goesOn(State state, Runner runner) {
    var name = "the runner of " + runner.job().seen().name();
    return switch (runner.phase()) {
      case STARTED -> locks(state, runner, name);
      case LOCKED -> looks(state, runner, name);
      case MIGRATING -> migrates(state, runner, name);
      case DONE ->
          new Move(
              name + " ends with " + runner.report().outcome().reason(),
              gone(state, runner, job -> job.ended(runner.report())));
    };
  }

  private Move locks(State state, Runner runner, String name) {
    if (runner.stop()) {
      return new Move(
          name + " stops before it has done anything",
          put(
              state,
              runner,
              runner.done(SimulatedClusters.failed(step(runner), Outcome.INTERRUPTED))));
    }
    boolean busy = state.runners().value.stream().anyMatch(Runner::works);
    return busy && mechanisms.lock()
        ? new Move(
            name + " finds the lock taken",
            put(
                state,
                runner,
                runner.done(SimulatedClusters.failed(step(runner), Outcome.LOCK_BUSY))))
        : new Move(name + " takes the lock", put(state, runner, runner.locked()));
  }

  private Move looks(State state, Runner runner, String name) {
    var database = state.database();
    var version = text(database.version());
    var step = step(runner);
    boolean told = runner.job().afterLost() || (step == Step.SYNC && mechanisms.marks());
    if (database.between() && (told || step != Step.SYNC)) {
      var outcome = told ? Outcome.HALF_APPLIED : Outcome.HISTORY_CONTRADICTED;
      var between = SimulatedClusters.schema("between " + version);
      return done(state, runner, name, SimulatedClusters.refuted(step, outcome, version, between));
    }
    return switch (step) {
      case BASELINE ->
          done(
              state,
              runner,
              name,
              version == null
                  ? SimulatedClusters.foundEmpty()
                  : SimulatedClusters.foundHistory(version));
      case SYNC ->
          database.version() > runner.job().target()
              ? done(
                  state,
                  runner,
                  name,
                  SimulatedClusters.failed(step, Outcome.DOWNGRADE_REFUSED, version, 0))
              : new Move(
                  name + " has looked", put(state, runner, runner.migrating(database.version())));
      default -> done(state, runner, name, SimulatedClusters.proved(version));
    };
  }

  private Move migrates(State state, Runner runner, String name) {
    var database = state.database();
    if (database.version() >= runner.job().target()) {
      var report =
          SimulatedClusters.synced(text(database.version()), database.version() - runner.found());
      return done(state, runner, name, report);
    }
    var migrated = database.migrated(runner.run());
    var what =
        database.transactional()
            ? " commits a script with its row"
            : migrated.version() > database.version()
                ? " writes a row into the history"
                : " runs a statement";
    var after = put(state, runner, runner.having(database.run(runner.run())));
    return new Move(name + what, after.withDatabase(migrated));
  }

  private Move done(State state, Runner runner, String name, Report report) {
    return new Move(
        name + " is done: " + report.outcome().reason(), put(state, runner, runner.done(report)));
  }

  /**
   * Its process is no more; what the Job knows of that, if it is still there, is another matter.
   */
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
