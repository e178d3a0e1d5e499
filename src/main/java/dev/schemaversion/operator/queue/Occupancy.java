package dev.schemaversion.operator.queue;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts the occupied places, and compares them with the limits. */
final class Occupancy {
  private final JobLimits limits;
  private final Map<String, Integer> namespaces = new HashMap<>();
  private final Map<String, Integer> servers = new HashMap<>();
  private int total;

  Occupancy(JobLimits limits, Collection<Place> occupied) {
    this.limits = limits;
    occupied.forEach(this::add);
  }

  void add(Place place) {
    total++;
    namespaces.merge(place.namespace(), 1, Integer::sum);
    if (!place.server().isEmpty()) {
      servers.merge(place.server(), 1, Integer::sum);
    }
  }

  int inNamespaceOf(Place place) {
    return namespaces.getOrDefault(place.namespace(), 0);
  }

  boolean isFull() {
    return reached(limits.total(), total);
  }

  boolean hasRoomFor(Place place) {
    return obstacle(place).isEmpty();
  }

  /** Returns why a Job in this place must wait, as a message; empty if it need not. */
  Optional<String> obstacle(Place place) {
    return Stream.<Supplier<Optional<String>>>of(
            () -> obstacle("", JobLimits.TOTAL, limits.total(), total),
            () ->
                obstacle(
                    " in namespace " + place.namespace(),
                    JobLimits.PER_NAMESPACE,
                    limits.perNamespace(),
                    inNamespaceOf(place)),
            () ->
                obstacle(
                    " on the database server " + place.server(),
                    JobLimits.PER_SERVER,
                    limits.perServer(),
                    servers.getOrDefault(place.server(), 0)))
        .flatMap(obstacle -> obstacle.get().stream())
        .findFirst();
  }

  /** The message has no count, so that it stays the same while the Job waits. */
  private static Optional<String> obstacle(String where, String setting, int limit, int count) {
    return reached(limit, count)
        ? Optional.of(
            "the next Job waits, because as many Jobs run%s as the operator's setting %s=%d permits. It starts when others have ended, those that have waited longest first"
                .formatted(where, setting, limit))
        : Optional.empty();
  }

  private static boolean reached(int limit, int count) {
    return limit > 0 && count >= limit;
  }
}
