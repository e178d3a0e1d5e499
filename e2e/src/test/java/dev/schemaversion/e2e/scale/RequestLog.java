package dev.schemaversion.e2e.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Logs requests to the API server with their time and the size of the response. */
final class RequestLog {
  /** A request and when it came. */
  record Entry(Instant at, ApiRequest request) {}

  /** So many requests in so much time. */
  record Rate(long requests, Duration time) {
    /** As many as in a minute. */
    long perMinute() {
      return requests * 60_000 / Math.max(1, time.toMillis());
    }
  }

  private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile Instant lastWork = Instant.EPOCH;

  void request(ApiRequest request) {
    var now = Instant.now();
    entries.add(new Entry(now, request));
    if (!request.renewsLease()) {
      lastWork = now;
    }
  }

  void answered(long count) {
    bytes.addAndGet(count);
  }

  /** How many bytes were answered, as they went over the line. */
  long bytes() {
    return bytes.get();
  }

  /** When the first of a kind came. */
  Optional<Instant> first(Predicate<ApiRequest> kind) {
    return entries.stream().filter(entry -> kind.test(entry.request())).map(Entry::at).findFirst();
  }

  long count() {
    return entries.size();
  }

  /** How many of a kind came before a moment. */
  long countBefore(Instant moment, Predicate<ApiRequest> kind) {
    return entries.stream()
        .filter(entry -> entry.at().isBefore(moment) && kind.test(entry.request()))
        .count();
  }

  /** When the last one came that was not about the lease. */
  Instant lastWork() {
    return lastWork;
  }

  /** How many there were since. */
  Rate since(Instant then) {
    var now = Instant.now();
    return new Rate(
        entries.stream().filter(entry -> entry.at().isAfter(then)).count(),
        Duration.between(then, now));
  }

  /** How often each verb was asked of each resource since, for people. */
  Map<String, Long> kindsSince(Instant then) {
    return entries.stream()
        .filter(entry -> entry.at().isAfter(then))
        .map(entry -> entry.request().verb() + " " + entry.request().resource())
        .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
  }
}
