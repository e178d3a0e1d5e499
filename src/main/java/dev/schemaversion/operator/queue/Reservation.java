package dev.schemaversion.operator.queue;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;

/**
 * A place for a Job that the cache does not have yet.
 *
 * @param place where the Job counts
 * @param job the Job for which a request was sent, or null
 * @param sentAt when the request was sent, or null
 */
record Reservation(Place place, ResourceID job, Instant sentAt) {
  static Reservation of(Place place) {
    return new Reservation(place, null, null);
  }

  boolean isSent() {
    return job != null;
  }
}
