package dev.schemaversion.operator.queue;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.JobDemand;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives resources places for their Jobs, within the {@link JobLimits}. A Job occupies a place from
 * before it is created until the cache shows that it has ended or is gone.
 *
 * <p>After a restart of the operator the cache has the Jobs, and waiting resources ask again.
 */
@Singleton
public class JobQueue {
  /**
   * After this time a Job that the cache does not have was never created, or is gone again. A
   * request takes half of it at most.
   */
  private static final Duration UNSEEN = Duration.ofMinutes(2);

  private final JobLimits limits;
  private final Clock clock;
  private final Map<ResourceID, Waiter> waiting = new HashMap<>();
  private final Map<ResourceID, Reservation> reserved = new HashMap<>();

  /** The resources whose sync is announced to the gate and blocked by live pods. */
  private final Set<ResourceID> blocked = new HashSet<>();

  private final SimpleInboundEventSource<SchemaVersion> events =
      new SimpleInboundEventSource<>("job-queue");
  private volatile CachedJobs jobs = CachedJobs.NONE;

  /** Creates an empty queue. */
  public JobQueue(JobLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Sets the cache with the operator's Jobs. */
  public void readFrom(CachedJobs cache) {
    jobs = cache;
  }

  /** The events for waiting resources that get a place. */
  public SimpleInboundEventSource<SchemaVersion> events() {
    return events;
  }

  /**
   * Asks for what a decision needs. A decision that needs no Job gives up place and turn.
   *
   * @return why the Job must wait, as a message; empty if the decision may be executed
   */
  public synchronized Optional<String> ask(SchemaVersion resource, JobDemand demand) {
    var id = ResourceID.fromResource(resource);
    if (!demand.needsPlace()) {
      abandon(resource);
      if (demand == JobDemand.BLOCKED) {
        blocked.add(id);
      } else {
        blocked.remove(id);
      }
      return Optional.empty();
    }
    dropResolved();
    if (reserved.containsKey(id)) {
      return Optional.empty();
    }
    return blocked.contains(id) ? unblocked(resource, demand) : inTurn(resource);
  }

  /**
   * Pods cannot run with the version before the sync any more, so they would be held while the sync
   * waits: its Job takes a place whatever the limits. While pods still block it, it needs none,
   * because the wait may take days.
   */
  private Optional<String> unblocked(SchemaVersion resource, JobDemand demand) {
    if (demand == JobDemand.CREATE) {
      reserve(resource);
    }
    return Optional.empty();
  }

  private Optional<String> inTurn(SchemaVersion resource) {
    var asking = Waiter.of(resource, clock.instant());
    var before = waiting.get(asking.id());
    waiting.put(asking.id(), before == null ? asking : asking.waitingSince(before.since()));
    var occupancy = new Occupancy(limits, occupied());
    boolean admitted =
        Admission.admit(waiting.values(), occupancy).stream()
            .anyMatch(waiter -> waiter.id().equals(asking.id()));
    if (admitted) {
      reserve(resource);
      return Optional.empty();
    }
    return occupancy.obstacle(asking.place());
  }

  private void reserve(SchemaVersion resource) {
    var id = ResourceID.fromResource(resource);
    waiting.remove(id);
    reserved.put(id, Reservation.of(Place.of(resource)));
  }

  /** Notes that a request for a Job is about to be sent: it may exist from now on. */
  public synchronized void sending(SchemaVersion resource, String job) {
    var id = ResourceID.fromResource(resource);
    waiting.remove(id);
    blocked.remove(id);
    reserved.put(
        id,
        new Reservation(
            Place.of(resource),
            new ResourceID(job, resource.getMetadata().getNamespace()),
            clock.instant()));
  }

  /** Notes that the API server has rejected the request: no Job was created. */
  public synchronized void rejected(SchemaVersion resource) {
    reserved.remove(ResourceID.fromResource(resource));
  }

  /** Gives up the turn of a resource, and its place unless a Job may have been created. */
  public synchronized void abandon(SchemaVersion resource) {
    var id = ResourceID.fromResource(resource);
    waiting.remove(id);
    reserved.computeIfPresent(id, (any, place) -> place.isSent() ? place : null);
  }

  /** Forgets a resource that was deleted. */
  public synchronized void forget(SchemaVersion resource) {
    abandon(resource);
    blocked.remove(ResourceID.fromResource(resource));
  }

  /** Triggers the reconciliation of the waiting resources that now get a place. */
  public void notifyAdmitted() {
    admitted().forEach(events::propagateEvent);
  }

  /** Returns the waiting resources that get a place as soon as they ask. */
  synchronized List<ResourceID> admitted() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    dropResolved();
    return Admission.admit(waiting.values(), new Occupancy(limits, occupied())).stream()
        .map(Waiter::id)
        .toList();
  }

  /** Returns how many places are occupied. */
  public synchronized int running() {
    dropResolved();
    return occupied().size();
  }

  /** Returns how many resources wait for a place. */
  public synchronized int waiting() {
    return waiting.size();
  }

  private List<Place> occupied() {
    var places = new ArrayList<>(jobs.unfinished().stream().map(Place::of).toList());
    reserved.values().forEach(reservation -> places.add(reservation.place()));
    return places;
  }

  /** Drops the reservations of Jobs that the cache has, or will not have any more. */
  private void dropResolved() {
    var latest = clock.instant().minus(UNSEEN);
    reserved.values().removeIf(reservation -> isResolved(reservation, latest));
  }

  private boolean isResolved(Reservation reservation, Instant latest) {
    return reservation.isSent()
        && (jobs.contains(reservation.job()) || reservation.sentAt().isBefore(latest));
  }
}
