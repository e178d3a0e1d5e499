package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.FlywayOptions;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.runner.engine.RunFailure;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension;

/** Sets the options of the request in Flyway's configuration; what is not set keeps its default. */
public final class FlywayOptionMapping {
  private FlywayOptionMapping() {}

  /** Returns a configuration with the options on how files are found, named and read. */
  public static FluentConfiguration reading(FlywaySettings flyway) {
    var configuration =
        new FluentConfiguration(FlywayOptionMapping.class.getClassLoader())
            .table(flyway.table())
            .sqlMigrationPrefix(flyway.sqlMigrationPrefix())
            .sqlMigrationSuffixes(flyway.sqlMigrationSuffixes().toArray(String[]::new));
    var options = flyway.optionsOrDefault();
    set(options.repeatableSqlMigrationPrefix(), configuration::repeatableSqlMigrationPrefix);
    set(options.sqlMigrationSeparator(), configuration::sqlMigrationSeparator);
    set(
        options.baselineMigrationPrefix(),
        configuration.getConfigurationExtension(BaselineMigrationConfigurationExtension.class)
            ::setBaselineMigrationPrefix);
    set(options.placeholderReplacement(), configuration::placeholderReplacement);
    set(options.placeholderPrefix(), configuration::placeholderPrefix);
    set(options.placeholderSuffix(), configuration::placeholderSuffix);
    set(options.placeholderSeparator(), configuration::placeholderSeparator);
    return configuration.placeholders(flyway.placeholders()).encoding(encoding(options));
  }

  /** Sets the options on how migrations run. */
  public static void running(FluentConfiguration configuration, FlywayOptions options) {
    set(options.initSql(), configuration::initSql);
    set(options.installedBy(), configuration::installedBy);
    set(options.createSchemas(), configuration::createSchemas);
  }

  /** Returns the encoding of scripts that do not have one of their own. */
  static Charset encoding(FlywayOptions options) {
    return options.encoding() == null
        ? StandardCharsets.UTF_8
        : charset(options.encoding())
            .orElseThrow(
                () ->
                    new RunFailure(
                        Outcome.INVALID_REQUEST,
                        "spec.migrations.flyway.encoding: there is no character encoding "
                            + options.encoding()
                            + ". Correct the resource."));
  }

  /** Returns the encoding of this name, if there is one. */
  static Optional<Charset> charset(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static <T> void set(T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}
