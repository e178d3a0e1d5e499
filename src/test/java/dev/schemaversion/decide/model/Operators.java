package dev.schemaversion.decide.model;

import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.model.Pool.Ref;
import dev.schemaversion.decide.model.Replica.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What operators do: their caches catch up, and their passes go on request by request. */
final class Operators {
  /** More Jobs than any budget has. */
  private static final int MOST = 100;

  private final Mechanisms mechanisms;
  private final Mind mind;
  private final Pool pool;
  private final Ref<List<Op>> nothing;

  Operators(Mechanisms mechanisms, Mind mind, Pool pool) {
    this.mechanisms = mechanisms;
    this.mind = mind;
    this.pool = pool;
    this.nothing = pool.of(List.of());
  }

  /** An operator that has just started. */
  Replica started(Ref<Resource> resource, Ref<List<Job>> jobs) {
    return new Replica(new View(resource, true, jobs), null, nothing);
  }

  /** The same when its process has ended: it stands where it stood in what it has written. */
  Replica killed(Replica replica) {
    return new Replica(replica.cache(), null, nothing);
  }

  void moves(State state, Consumer<Move> moves) {
    goesOn(state, true, "the operator", moves);
    goesOn(state, false, "the operator that leads no more", moves);
    catchesUp(state, moves);
    begins(state, moves);
  }

  private void catchesUp(State state, Consumer<Move> moves) {
    var cache = state.leader().cache();
    if (!cache.latest() || !cache.resource().equals(state.resource())) {
      moves.accept(
          new Move(
              "the operator's cache sees the resource as it is",
              state.withLeader(state.leader().seeing(cache.seeing(state.resource())))));
    }
    if (!cache.jobs().equals(state.jobs())) {
      moves.accept(
          new Move(
              "the operator's cache sees the Jobs as they are",
              state.withLeader(state.leader().seeing(cache.seeingJobs(state.jobs())))));
    }
  }

  private void begins(State state, Consumer<Move> moves) {
    var leader = state.leader();
    var cache = leader.cache();
    if (leader.busy() || cache.resource().value.gone()) {
      return;
    }
    var todo = mind.pass(cache.resource(), cache.jobs(), false);
    if (!todo.value.isEmpty()) {
      var begun = new Replica(cache, cache, todo);
      goesOn(state.withLeader(begun), true, "the operator decides, and", moves);
    }
  }

  private void goesOn(State state, boolean leads, String who, Consumer<Move> moves) {
    var replica = leads ? state.leader() : state.other();
    if (replica.busy()) {
      moves.accept(
          switch (replica.todo().value.getFirst()) {
            case Op.Write write -> written(state, replica, leads, write, who);
            case Op.Do(var action) -> done(state, replica, leads, action, who);
          });
    }
  }

  private Move written(State state, Replica replica, boolean leads, Op.Write write, String who) {
    boolean stale = mechanisms.precondition() && !replica.pass().latest();
    if (stale || state.resource().value.gone()) {
      return new Move(who + " is refused a status", aborted(state, replica, leads));
    }
    var changed = pool.of(state.resource().value.recording(write.status()));
    var todo = write.asks() ? mind.pass(changed, replica.pass().jobs(), true) : rest(replica);
    // The client puts what it gets back into its own cache.
    return new Move(
        who + " writes the status",
        changed(
            state,
            changed,
            replica(replica.cache().seeing(changed), replica.pass().seeing(changed), todo),
            leads));
  }

  private Move done(State state, Replica replica, boolean leads, Action action, String who) {
    return switch (action) {
      case Action.AddFinalizer add ->
          finalizer(state, replica, leads, Resource::keep, who + " adds the finalizer");
      case Action.RemoveFinalizer remove ->
          mechanisms.keeps() && unrecorded(state)
              ? new Move(who + " keeps the resource", next(state, replica, leads))
              : finalizer(state, replica, leads, Resource::letGo, who + " removes the finalizer");
      case Action.CreateJob create -> made(state, replica, leads, create, who);
      case Action.AdoptJob(var name, var uid) ->
          new Move(
              who + " adopts " + name, replacing(next(state, replica, leads), uid, Job::adopted));
      case Action.DeleteEndedJob(var name, var uid) ->
          new Move(who + " deletes " + name, deleted(next(state, replica, leads), uid));
      case Action.ReplacePendingJob(var name, var uid) ->
          new Move(who + " takes back " + name, takenBack(next(state, replica, leads), uid));
      case Action.Tell tell -> throw new IllegalStateException("left out");
    };
  }

  private Move made(
      State state, Replica replica, boolean leads, Action.CreateJob create, String who) {
    if (!leads && mechanisms.fence()) {
      return new Move(who + " is too late for a Job", aborted(state, replica, false));
    }
    var job = mind.job(replica.pass().resource(), create, MOST - state.left().jobs());
    // One that leads no more has asked before, and was held up since.
    if (leads && mechanisms.alone() && unseen(state, replica, job)) {
      return new Move(who + " finds a Job that it did not see", aborted(state, replica, leads));
    }
    return new Move(
        "%s creates the Job of attempt %d of a %s".formatted(who, create.attempt(), create.step()),
        create(next(state, replica, leads), job));
  }

  private static boolean unseen(State state, Replica replica, Job made) {
    var seen = replica.pass().jobs().value.stream().map(Job::uid).toList();
    return state.jobs().value.stream()
        .filter(job -> !job.seen().name().equals(made.seen().name()))
        .anyMatch(job -> !seen.contains(job.uid()));
  }

  private static boolean unrecorded(State state) {
    return state.jobs().value.stream().anyMatch(job -> !job.seen().owned());
  }

  private Move finalizer(
      State state, Replica replica, boolean leads, UnaryOperator<Resource> change, String what) {
    if (!replica.pass().latest() || state.resource().value.gone()) {
      return new Move(what + ", and is refused", aborted(state, replica, leads));
    }
    var changed = pool.of(change.apply(state.resource().value));
    var after =
        changed(
            state,
            changed,
            replica(replica.cache().outdated(), replica.pass().seeing(changed), rest(replica)),
            leads);
    return new Move(what, changed.value.gone() ? collected(after) : after);
  }

  /** Everybody's view is older than the resource now, but for the one who wrote. */
  private static State changed(State state, Ref<Resource> changed, Replica writer, boolean leads) {
    return leads
        ? state.withResource(changed).led(writer, state.other().outdated())
        : state.withResource(changed).led(state.leader().outdated(), writer);
  }

  /** What carries its owner goes with it; a Job that works should have kept it. */
  State collected(State state) {
    var rest = state.jobs().value.stream().filter(job -> !job.seen().owned()).toList();
    var left = state.withJobs(pool.of(rest));
    return rest.stream().anyMatch(job -> job.is(ObservedJob.State.RUNNING))
        ? left.breaking("the resource goes while its Job works")
        : left;
  }

  private State create(State state, Job job) {
    boolean there =
        state.jobs().value.stream().anyMatch(j -> j.seen().name().equals(job.seen().name()));
    if (there && mechanisms.names()) {
      return state;
    }
    var jobs = new ArrayList<>(state.jobs().value);
    jobs.add(job);
    return state.withJobs(pool.of(List.copyOf(jobs))).withLeft(state.left().job());
  }

  private State deleted(State state, String uid) {
    boolean works = find(state, uid, ObservedJob.State.RUNNING);
    return works
        ? killed(state, uid).breaking("a Job is deleted while it works")
        : without(state, uid);
  }

  private State takenBack(State state, String uid) {
    return find(state, uid, ObservedJob.State.PENDING)
        ? without(state, uid)
        : mechanisms.asksAgain() ? state : deleted(state, uid);
  }

  private State killed(State state, String uid) {
    return without(state, uid)
        .withRunners(pool.of(state.runners().value.stream().filter(r -> !r.of(uid)).toList()));
  }

  private static boolean find(State state, String uid, ObservedJob.State how) {
    return state.jobs().value.stream().anyMatch(job -> job.uid().equals(uid) && job.is(how));
  }

  private State without(State state, String uid) {
    return state.withJobs(
        pool.of(state.jobs().value.stream().filter(job -> !job.uid().equals(uid)).toList()));
  }

  private State replacing(State state, String uid, UnaryOperator<Job> change) {
    return state.withJobs(
        pool.of(
            state.jobs().value.stream()
                .map(job -> job.uid().equals(uid) ? change.apply(job) : job)
                .toList()));
  }

  private Ref<List<Op>> rest(Replica replica) {
    var todo = replica.todo().value;
    return pool.of(List.copyOf(todo.subList(1, todo.size())));
  }

  private State next(State state, Replica replica, boolean leads) {
    return put(state, replica(replica.cache(), replica.pass(), rest(replica)), leads);
  }

  private State aborted(State state, Replica replica, boolean leads) {
    return put(state, replica(replica.cache(), null, nothing), leads);
  }

  private static Replica replica(View cache, View pass, Ref<List<Op>> todo) {
    return new Replica(cache, todo.value.isEmpty() ? null : pass, todo);
  }

  private static State put(State state, Replica replica, boolean leads) {
    return leads ? state.withLeader(replica) : state.withOther(replica);
  }
}
