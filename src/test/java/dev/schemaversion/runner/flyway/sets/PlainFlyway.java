package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.runner.engine.SessionSource;
import dev.schemaversion.runner.flyway.setup.FlywayLog;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Flyway as a program uses it: with a folder, its own resolvers and its own callbacks. */
final class PlainFlyway {
  private final TestDatabase database;
  private final Path folder;
  private final FluentConfiguration configuration;

  /** Flyway for a database whose migrations will be in a folder. */
  PlainFlyway(TestedEngine engine, TestDatabase database, Path folder, FlywaySettings options) {
    this.database = database;
    this.folder = folder;
    this.configuration =
        new FluentConfiguration(PlainFlyway.class.getClassLoader())
            .loggers(FlywayLog.class.getName())
            .dataSource(new Owner())
            .defaultSchema(engine.schema(database))
            .locations("filesystem:" + folder)
            .table(options.table())
            .outOfOrder(options.outOfOrder())
            .placeholders(options.placeholders())
            .sqlMigrationPrefix(options.sqlMigrationPrefix())
            .sqlMigrationSuffixes(options.sqlMigrationSuffixes().toArray(String[]::new))
            .mixed(true);
    // With the default, Flyway waits for itself where an index is built concurrently.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    set(options);
  }

  private void set(FlywaySettings all) {
    var options = all.optionsOrDefault();
    given(options.placeholderReplacement()).ifPresent(configuration::placeholderReplacement);
    given(options.placeholderPrefix()).ifPresent(configuration::placeholderPrefix);
    given(options.placeholderSuffix()).ifPresent(configuration::placeholderSuffix);
    given(options.placeholderSeparator()).ifPresent(configuration::placeholderSeparator);
    given(options.repeatableSqlMigrationPrefix())
        .ifPresent(configuration::repeatableSqlMigrationPrefix);
    given(options.baselineMigrationPrefix())
        .ifPresent(
            configuration.getConfigurationExtension(BaselineMigrationConfigurationExtension.class)
                ::setBaselineMigrationPrefix);
    given(options.sqlMigrationSeparator()).ifPresent(configuration::sqlMigrationSeparator);
    given(options.encoding()).ifPresent(configuration::encoding);
    given(options.ignoreMigrationPatterns())
        .map(patterns -> patterns.toArray(String[]::new))
        .ifPresent(configuration::ignoreMigrationPatterns);
    given(options.initSql()).ifPresent(configuration::initSql);
    given(options.installedBy()).ifPresent(configuration::installedBy);
    given(options.createSchemas()).ifPresent(configuration::createSchemas);
  }

  private static <T> Optional<T> given(T option) {
    return Optional.ofNullable(option);
  }

  /** Puts the files of a stop into the folder and migrates. */
  void migrate(MigrationSet.Stop stop) {
    try {
      try (var old = Files.list(folder)) {
        for (var file : old.toList()) {
          Files.delete(file);
        }
      }
      for (var file : stop.files().entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    var unused = configuration.target(stop.target()).load().migrate();
  }

  /** Sessions of the database's owner. */
  private final class Owner extends SessionSource {
    @Override
    public Connection getConnection() throws SQLException {
      return database.connectAsOwner();
    }
  }
}
