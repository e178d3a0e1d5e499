package dev.schemaversion.operator.queue;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.decide.rule.RetryPolicy;
import dev.schemaversion.decide.status.StatusSanitizer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/**
 * A resource that needs a place for its next Job.
 *
 * @param id the resource
 * @param place where its Job counts
 * @param begun whether a sync was begun before, so that the gate may hold pods until its result is
 *     known
 * @param since since when it waits, in seconds
 * @param created when the resource was created
 */
record Waiter(ResourceID id, Place place, boolean begun, Instant since, String created) {
  /** Those with a begun sync first, then those that have waited longest. */
  static final Comparator<Waiter> OLDEST_FIRST =
      Comparator.comparing((Waiter waiter) -> !waiter.begun())
          .thenComparing(Waiter::since)
          .thenComparing(Waiter::created)
          .thenComparing(waiter -> waiter.place().namespace())
          .thenComparing(waiter -> waiter.id().getName());

  static Waiter of(SchemaVersion resource, Instant now) {
    var status = StatusSanitizer.of(resource.getStatus());
    var created = resource.getMetadata().getCreationTimestamp();
    return new Waiter(
        ResourceID.fromResource(resource),
        Place.of(resource),
        status.target() != null || status.interruptedSync() != null,
        notReadySince(status, created).orElse(now).truncatedTo(ChronoUnit.SECONDS),
        String.valueOf(created));
  }

  Waiter waitingSince(Instant earlier) {
    return new Waiter(id, place, begun, earlier, created);
  }

  /**
   * Returns since when the resource is not Ready, which is from its creation on. So it keeps its
   * age after a restart of the operator, and between its Jobs. After a failed Job it starts again,
   * so that retries do not keep others from their first Job.
   */
  private static Optional<Instant> notReadySince(SchemaVersionStatus status, String created) {
    var ready =
        status.conditions().stream()
            .filter(condition -> condition.getType().equals(ConditionType.Ready.name()))
            .findFirst();
    if (ready.isEmpty()) {
      return parsed(created);
    }
    boolean failed =
        !status.history().isEmpty()
            && RetryPolicy.kind(status.history().getLast().reason()) != Kind.DONE;
    return ready
        .filter(condition -> !failed && condition.getStatus().equals("False"))
        .flatMap(condition -> parsed(condition.getLastTransitionTime()));
  }

  private static Optional<Instant> parsed(String time) {
    try {
      return time == null ? Optional.empty() : Optional.of(Instant.parse(time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
