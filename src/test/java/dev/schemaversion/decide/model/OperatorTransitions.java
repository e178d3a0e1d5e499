package dev.schemaversion.decide.model;

import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.model.InternPool.Ref;
import dev.schemaversion.decide.model.Replica.View;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The transitions of operators: their caches catch up, and their passes send requests. */
final class OperatorTransitions {
  /** More Jobs than any budget has. */
  private static final int MAX_JOBS = 100;

  private final Safeguards safeguards;
  private final DecisionCache decisions;
  private final InternPool pool;
  private final StoredJobs stored;
  private final Ref<List<ApiRequest>> nothing;

  OperatorTransitions(
      Safeguards safeguards, DecisionCache decisions, StoredJobs stored, InternPool pool) {
    this.safeguards = safeguards;
    this.decisions = decisions;
    this.pool = pool;
    this.stored = stored;
    this.nothing = pool.of(List.of());
  }

  /** Returns an operator that has just started. */
  Replica started(Ref<Resource> resource, Ref<List<Job>> jobs) {
    return new Replica(new View(resource, true, jobs), null, nothing, null);
  }

  /** Returns an operator after its process was killed: its cache stays, its pass is lost. */
  Replica killed(Replica replica) {
    return new Replica(replica.cache(), null, nothing, null);
  }

  void transitions(State state, Consumer<Transition> transitions) {
    proceeds(state, true, "the operator", transitions);
    proceeds(state, false, "the former leader", transitions);
    refreshCache(state, transitions);
    startPass(state, transitions);
  }

  private void refreshCache(State state, Consumer<Transition> transitions) {
    var cache = state.leader().cache();
    if (!cache.latest() || !cache.resource().equals(state.resource())) {
      transitions.accept(
          new Transition(
              "the operator's cache receives the resource",
              state.withLeader(state.leader().seeing(cache.seeing(state.resource())))));
    }
    if (!cache.jobs().equals(state.jobs())) {
      transitions.accept(
          new Transition(
              "the operator's cache receives the Jobs",
              state.withLeader(state.leader().seeing(cache.seeingJobs(state.jobs())))));
    }
  }

  private void startPass(State state, Consumer<Transition> transitions) {
    var leader = state.leader();
    var cache = leader.cache();
    if (leader.busy() || cache.resource().value.gone()) {
      return;
    }
    decided(
        state,
        decisions.pass(cache.resource(), cache.jobs(), false, leader.neverCreated()),
        "the operator decides, and",
        transitions);
  }

  /** Adds the pass in which the next Job is queued, unless that makes no difference. */
  void queueJob(State state, Consumer<Transition> transitions) {
    var leader = state.leader();
    var cache = leader.cache();
    if (leader.busy() || cache.resource().value.gone()) {
      return;
    }
    var queued = decisions.queuedPass(cache.resource(), cache.jobs(), leader.neverCreated());
    if (!queued.equals(
        decisions.pass(cache.resource(), cache.jobs(), false, leader.neverCreated()))) {
      decided(
          queued.value.stream().anyMatch(OperatorTransitions::prepares)
              ? state.breaking("a Job that waits is created or announced")
              : state,
          queued,
          "the operator queues the next Job, and",
          transitions);
    }
  }

  /** The target of an earlier sync stays until its result is known. */
  private static boolean prepares(ApiRequest request) {
    return switch (request) {
      case ApiRequest.WriteStatus(var status, var listsPods) ->
          listsPods || (status.target() != null && status.interruptedSync() == null);
      case ApiRequest.Execute(var action) -> action instanceof Action.CreateJob;
    };
  }

  private void decided(
      State state, Ref<List<ApiRequest>> todo, String who, Consumer<Transition> transitions) {
    var leader = state.leader();
    var cache = leader.cache();
    if (!todo.value.isEmpty()) {
      var started = new Replica(cache, cache, todo, leader.neverCreated());
      proceeds(state.withLeader(started), true, who, transitions);
    }
  }

  private void proceeds(State state, boolean leads, String who, Consumer<Transition> transitions) {
    var replica = leads ? state.leader() : state.other();
    if (replica.busy()) {
      transitions.accept(
          switch (replica.todo().value.getFirst()) {
            case ApiRequest.WriteStatus write -> written(state, replica, leads, write, who);
            case ApiRequest.Execute(var action) -> done(state, replica, leads, action, who);
          });
    }
  }

  private Transition written(
      State state, Replica replica, boolean leads, ApiRequest.WriteStatus write, String who) {
    boolean stale = safeguards.precondition() && !replica.pass().latest();
    if (stale || state.resource().value.gone()) {
      return new Transition(
          who + " fails to write the status (conflict)", aborted(state, replica, leads));
    }
    var changed = pool.of(state.resource().value.recording(write.status()));
    var todo =
        write.listsPods()
            ? decisions.pass(changed, replica.pass().jobs(), true, replica.neverCreated())
            : rest(replica);
    // The client puts the response into its own cache.
    return new Transition(
        who + " writes the status",
        changed(
            state,
            changed,
            replica(replica, replica.cache().seeing(changed), replica.pass().seeing(changed), todo),
            leads));
  }

  private Transition done(State state, Replica replica, boolean leads, Action action, String who) {
    return switch (action) {
      case Action.AddFinalizer add ->
          finalizer(state, replica, leads, Resource::addFinalizer, who + " adds the finalizer");
      case Action.RemoveFinalizer remove ->
          safeguards.rechecksJobs() && unrecorded(state)
              ? new Transition(who + " keeps the finalizer", next(state, replica, leads))
              : finalizer(
                  state, replica, leads, Resource::removeFinalizer, who + " removes the finalizer");
      case Action.CreateJob create -> created(state, replica, leads, create, who);
      case Action.AdoptJob(var name, var uid) ->
          new Transition(
              who + " adopts " + name,
              stored.replacing(next(state, replica, leads), uid, Job::adopted));
      case Action.DeleteEndedJob(var name, var uid) ->
          new Transition(
              who + " deletes " + name, stored.deleted(next(state, replica, leads), uid));
      case Action.ReplacePendingJob(var name, var uid) ->
          new Transition(
              who + " deletes pending " + name,
              stored.deletedPending(next(state, replica, leads), uid));
      case Action.EmitEvent event ->
          throw new IllegalStateException("Events are not part of the model");
    };
  }

  private Transition created(
      State state, Replica replica, boolean leads, Action.CreateJob create, String who) {
    var job = decisions.job(replica.pass().resource(), create, MAX_JOBS - state.left().jobs());
    var notSent = replica.remembering(job.seen().name());
    if (!leads && safeguards.fence()) {
      return new Transition(who + " is too late to create a Job", aborted(state, notSent, false));
    }
    // A former leader listed the Jobs before it was delayed.
    if (leads && safeguards.listsJobs() && unseen(state, replica, job)) {
      return new Transition(
          who + " finds a Job that its cache does not have", aborted(state, notSent, leads));
    }
    return new Transition(
        "%s creates the Job of attempt %d of a %s".formatted(who, create.attempt(), create.step()),
        stored.create(
            next(
                state, safeguards.remembersRequests() ? replica.remembering(null) : notSent, leads),
            job));
  }

  private static boolean unseen(State state, Replica replica, Job created) {
    var seen = replica.pass().jobs().value.stream().map(Job::uid).toList();
    return state.jobs().value.stream()
        .filter(job -> !job.seen().name().equals(created.seen().name()))
        .anyMatch(job -> !seen.contains(job.uid()));
  }

  private static boolean unrecorded(State state) {
    return state.jobs().value.stream().anyMatch(job -> !job.seen().owned());
  }

  private Transition finalizer(
      State state, Replica replica, boolean leads, UnaryOperator<Resource> change, String what) {
    if (!replica.pass().latest() || state.resource().value.gone()) {
      return new Transition(what + ", and fails (conflict)", aborted(state, replica, leads));
    }
    var changed = pool.of(change.apply(state.resource().value));
    var after =
        changed(
            state,
            changed,
            replica(
                replica, replica.cache().outdated(), replica.pass().seeing(changed), rest(replica)),
            leads);
    return new Transition(what, changed.value.gone() ? stored.collected(after) : after);
  }

  /** Marks all views as stale except the writer's. */
  private static State changed(State state, Ref<Resource> changed, Replica writer, boolean leads) {
    return leads
        ? state.withResource(changed).led(writer, state.other().outdated())
        : state.withResource(changed).led(state.leader().outdated(), writer);
  }

  private Ref<List<ApiRequest>> rest(Replica replica) {
    var todo = replica.todo().value;
    return pool.of(List.copyOf(todo.subList(1, todo.size())));
  }

  private State next(State state, Replica replica, boolean leads) {
    return put(state, replica(replica, replica.cache(), replica.pass(), rest(replica)), leads);
  }

  private State aborted(State state, Replica replica, boolean leads) {
    return put(state, replica(replica, replica.cache(), null, nothing), leads);
  }

  private static Replica replica(
      Replica before, View cache, View pass, Ref<List<ApiRequest>> todo) {
    return new Replica(cache, todo.value.isEmpty() ? null : pass, todo, before.neverCreated());
  }

  private static State put(State state, Replica replica, boolean leads) {
    return leads ? state.withLeader(replica) : state.withOther(replica);
  }
}
