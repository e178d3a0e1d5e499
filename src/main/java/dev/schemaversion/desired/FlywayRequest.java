package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.FlywaySpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.FlywayOptions;
import dev.schemaversion.contract.FlywayOptionsBuilder;
import dev.schemaversion.contract.request.FlywaySettings;
import java.util.Map;
import java.util.Objects;

/** The part of a Job's request about Flyway: what the spec says, with the defaults. */
final class FlywayRequest {
  private FlywayRequest() {}

  /** Returns it. */
  static FlywaySettings of(SchemaVersionSpec spec) {
    var given = Objects.requireNonNullElse(spec.migrations().flyway(), FlywaySpec.DEFAULT);
    var defaults = FlywaySpec.DEFAULT;
    return new FlywaySettings(
        Objects.requireNonNullElse(given.table(), defaults.table()),
        Objects.requireNonNullElse(given.placeholders(), Map.of()),
        Objects.requireNonNullElse(given.outOfOrder(), defaults.outOfOrder()),
        Objects.requireNonNullElse(given.sqlMigrationPrefix(), defaults.sqlMigrationPrefix()),
        Objects.requireNonNullElse(given.sqlMigrationSuffixes(), defaults.sqlMigrationSuffixes()),
        options(given));
  }

  /** Returns null if no option is set: then the request is what it was before there were any. */
  private static FlywayOptions options(FlywaySpec given) {
    var options =
        FlywayOptionsBuilder.builder()
            .placeholderReplacement(given.placeholderReplacement())
            .placeholderPrefix(given.placeholderPrefix())
            .placeholderSuffix(given.placeholderSuffix())
            .placeholderSeparator(given.placeholderSeparator())
            .repeatableSqlMigrationPrefix(given.repeatableSqlMigrationPrefix())
            .baselineMigrationPrefix(given.baselineMigrationPrefix())
            .sqlMigrationSeparator(given.sqlMigrationSeparator())
            .encoding(given.encoding())
            .locations(given.locations())
            .ignoreMigrationPatterns(given.ignoreMigrationPatterns())
            .initSql(given.initSql())
            .installedBy(given.installedBy())
            .createSchemas(given.createSchemas())
            .checksums(checksums(given.checksums()))
            .build();
    return options.equals(FlywayOptions.DEFAULT) ? null : options;
  }

  private static FlywayOptions.Checksums checksums(FlywaySpec.Checksums given) {
    return given == null
        ? null
        : switch (given) {
          case Enforce -> FlywayOptions.Checksums.ENFORCE;
          case Proven -> FlywayOptions.Checksums.PROVEN;
          case Ignore -> FlywayOptions.Checksums.IGNORE;
        };
  }
}
