package dev.schemaversion.decide.model;

import dev.schemaversion.decide.ObservedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the API server does to the Jobs that it stores. */
final class StoredJobs {
  private final Safeguards safeguards;
  private final InternPool pool;

  StoredJobs(Safeguards safeguards, InternPool pool) {
    this.safeguards = safeguards;
    this.pool = pool;
  }

  /** Garbage-collects the owned Jobs; a running Job must prevent that. */
  State collected(State state) {
    var rest = state.jobs().value.stream().filter(job -> !job.seen().owned()).toList();
    var left = state.withJobs(pool.of(rest));
    return rest.stream().anyMatch(job -> job.is(ObservedJob.State.RUNNING))
        ? left.breaking("the resource is removed while its Job runs")
        : left;
  }

  State create(State state, Job job) {
    boolean exists =
        state.jobs().value.stream().anyMatch(j -> j.seen().name().equals(job.seen().name()));
    if (exists && safeguards.names()) {
      return state;
    }
    var jobs = new ArrayList<>(state.jobs().value);
    jobs.add(job);
    return state.withJobs(pool.of(List.copyOf(jobs))).withLeft(state.left().job());
  }

  State deleted(State state, String uid) {
    boolean works = find(state, uid, ObservedJob.State.RUNNING);
    return works
        ? killed(state, uid).breaking("a Job is deleted while it runs")
        : without(state, uid);
  }

  State deletedPending(State state, String uid) {
    return find(state, uid, ObservedJob.State.PENDING)
        ? without(state, uid)
        : safeguards.rechecksPod() ? state : deleted(state, uid);
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

  State replacing(State state, String uid, UnaryOperator<Job> change) {
    return state.withJobs(
        pool.of(
            state.jobs().value.stream()
                .map(job -> job.uid().equals(uid) ? change.apply(job) : job)
                .toList()));
  }
}
