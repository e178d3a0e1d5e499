package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Why the content of the migrations is not known, so that no Job can be made.
 *
 * @param reason in one word
 * @param message in a sentence, with what to do
 * @param stalled whether it stands until a person changes something
 * @param retryAfter when to read them again, if no event will tell
 */
public record SourcesProblem(
    String reason, String message, boolean stalled, Optional<Duration> retryAfter) {
  private static final String FIELD = "spec.migrations.configMapRefs: ";
  private static final Duration SOON = Duration.ofSeconds(10);

  /** These ConfigMaps are not there. */
  public static SourcesProblem missing(List<String> names) {
    return new SourcesProblem(
        Reason.MigrationsNotFound.name(),
        FIELD
            + "there is no ConfigMap %s in this namespace; it goes on when it is applied"
                .formatted(String.join(", ", names)),
        false,
        Optional.empty());
  }

  /** The API server does not answer with them now. */
  public static SourcesProblem unreadable(String why) {
    return new SourcesProblem(
        Reason.MigrationsUnreadable.name(),
        FIELD + "the ConfigMaps could not be read; the operator retries. The API server: " + why,
        false,
        Optional.of(SOON));
  }

  /** They do not fit into the memory of the Job's runner. */
  public static SourcesProblem tooLarge(String message) {
    return new SourcesProblem(
        Outcome.MIGRATIONS_TOO_LARGE.reason(), message, true, Optional.empty());
  }
}
