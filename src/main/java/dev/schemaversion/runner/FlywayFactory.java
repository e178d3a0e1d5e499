package dev.schemaversion.runner;

import dev.schemaversion.contract.RunRequest;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** The one way Flyway is set up. */
final class FlywayFactory {
  /** Seconds to wait for another Flyway's lock; ours is taken long before. */
  private static final int LOCK_RETRIES = 5;

  private final RunRequest request;
  private final DataSource database;

  /** Flyway on this database, be it the real one or one on the scratch server. */
  FlywayFactory(RunRequest request, DataSource database) {
    this.request = request;
    this.database = database;
  }

  /** Flyway for migrating these scripts up to the wanted version. */
  Flyway migrating(Scripts scripts, Callback progress) {
    return configuration(scripts)
        .target(Versions.of(request.version()))
        .outOfOrder(request.flyway().outOfOrder())
        .placeholders(request.flyway().placeholders())
        .callbacks(progress)
        .load();
  }

  /** Flyway for building all of these scripts from nothing. */
  Flyway building(Scripts scripts, Callback progress) {
    return configuration(scripts)
        .placeholders(request.flyway().placeholders())
        .callbacks(progress)
        .load();
  }

  /** Flyway for stamping a version. */
  Flyway stamping(Scripts scripts, String version) {
    return configuration(scripts).baselineVersion(Versions.of(version)).load();
  }

  private FluentConfiguration configuration(Scripts scripts) {
    var configuration =
        new FluentConfiguration(FlywayFactory.class.getClassLoader())
            .loggers(FlywayLog.class.getName())
            .dataSource(database)
            .schemas(request.database().schemas().toArray(String[]::new))
            .defaultSchema(request.database().schemas().getFirst())
            .createSchemas(true)
            .table(request.flyway().table())
            // Nothing is looked for on the class path or in the file system.
            .locations(new String[0])
            .failOnMissingLocations(true)
            .resourceProvider(scripts)
            .javaMigrationClassProvider(List::of)
            .skipDefaultResolvers(true)
            .skipDefaultCallbacks(true)
            .resolvers(scripts)
            .validateMigrationNaming(true)
            .validateOnMigrate(true)
            .baselineOnMigrate(false)
            .cleanDisabled(true)
            .group(false)
            .mixed(false)
            .batch(false)
            // Results are rows, and rows are not printed.
            .outputQueryResults(false)
            .lockRetryCount(LOCK_RETRIES);
    // With the default, script and history row are committed by two sessions, one of which stays
    // idle in a transaction meanwhile.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }
}
