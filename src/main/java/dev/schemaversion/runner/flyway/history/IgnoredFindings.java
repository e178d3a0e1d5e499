package dev.schemaversion.runner.flyway.history;

import dev.schemaversion.contract.FlywayOptions.Checksums;
import dev.schemaversion.contract.RunRequest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.pattern.ValidatePattern;

/**
 * The findings of the validation that the user ignores: by {@code ignoreMigrationPatterns}, or all
 * of them by {@code checksums: Ignore}, with which Flyway does not validate either.
 */
public final class IgnoredFindings {
  /** Flyway's default. */
  private static final ValidatePattern FUTURE = ValidatePattern.fromPattern("*:future");

  private static final ValidatePattern MISSING = ValidatePattern.fromPattern("*:missing");

  private final List<ValidatePattern> given;
  private final boolean all;

  private IgnoredFindings(List<ValidatePattern> given, boolean all) {
    this.given = given;
    this.all = all;
  }

  public static IgnoredFindings of(RunRequest request) {
    var options = request.flyway().optionsOrDefault();
    var patterns = Objects.requireNonNullElse(options.ignoreMigrationPatterns(), List.<String>of());
    return new IgnoredFindings(
        patterns.stream().map(ValidatePattern::fromPattern).toList(),
        options.checksumsOrDefault() == Checksums.IGNORE);
  }

  /** Whether nothing is to be said about this migration, in the state that Flyway gives it. */
  public boolean contains(MigrationInfo info) {
    return all
        || given.stream()
            .anyMatch(each -> each.matchesMigration(info.getVersion() != null, info.getState()));
  }

  /**
   * What Flyway itself ignores. Missing migrations are among it, because {@link HistoryValidation}
   * refuses them before, and those that are not SQL can be accepted.
   */
  public ValidatePattern[] patterns() {
    var flyways = given.isEmpty() ? List.of(FUTURE) : given;
    return Stream.concat(flyways.stream(), Stream.of(MISSING)).toArray(ValidatePattern[]::new);
  }
}
