package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The reason why the content of the migrations is not known, so that no Job can be created.
 *
 * @param reason the reason for conditions
 * @param message what happened, and what to do
 * @param stalled whether the problem lasts until a person changes something
 * @param retryAfter when to read the migrations again; empty if an event announces the change
 */
public record SourcesProblem(
    String reason, String message, boolean stalled, Optional<Duration> retryAfter) {
  private static final String FIELD = "spec.migrations.configMapRefs: ";
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

  /** Returns the problem that these ConfigMaps do not exist. */
  public static SourcesProblem missing(List<String> names) {
    return new SourcesProblem(
        Reason.MigrationsNotFound.name(),
        FIELD
            + "ConfigMap %s does not exist in this namespace. Apply it; the operator then continues."
                .formatted(String.join(", ", names)),
        false,
        Optional.empty());
  }

  /** Returns the problem that the API server does not return the ConfigMaps at the moment. */
  public static SourcesProblem unreadable(String why) {
    return new SourcesProblem(
        Reason.MigrationsUnreadable.name(),
        FIELD + "the operator cannot read the ConfigMaps and retries. The API server says: " + why,
        false,
        Optional.of(RETRY_INTERVAL));
  }

  /** Returns the problem that the migrations do not fit into the runner's memory. */
  public static SourcesProblem tooLarge(String message) {
    return new SourcesProblem(
        Outcome.MIGRATIONS_TOO_LARGE.reason(), message, true, Optional.empty());
  }
}
