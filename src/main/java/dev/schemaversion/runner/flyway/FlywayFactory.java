package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.script.ServerStatements;
import dev.schemaversion.runner.flyway.script.StatementAttendance;
import dev.schemaversion.runner.flyway.script.StatementLimit;
import dev.schemaversion.runner.flyway.script.Versions;
import java.util.ArrayList;
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
  private final Engine engine;
  private final List<String> schemas;
  private final ServerStatements serverStatements;

  /**
   * Flyway for one run.
   *
   * @param schemas the first holds the history
   * @param serverStatements skips statements on the scratch server
   */
  FlywayFactory(
      RunRequest request, Engine engine, List<String> schemas, ServerStatements serverStatements) {
    this.request = request;
    this.engine = engine;
    this.schemas = schemas;
    this.serverStatements = serverStatements;
  }

  /** Flyway for migrating these scripts up to the wanted version, on the real database. */
  Flyway migrating(
      DataSource database, Scripts scripts, Callback progress, StatementAttendance attendance) {
    return migrating(database, scripts, !engine.limitsStatements(), List.of(progress, attendance));
  }

  /** The same on the scratch server. */
  Flyway rehearsing(DataSource clone, Scripts scripts, Callback progress) {
    return migrating(clone, scripts, true, List.of(progress, serverStatements));
  }

  private Flyway migrating(
      DataSource database, Scripts scripts, boolean limited, List<Callback> callbacks) {
    return configuration(database, scripts)
        .target(Versions.of(request.version()))
        .outOfOrder(request.flyway().outOfOrder())
        .placeholders(request.flyway().placeholders())
        .callbacks(withLimit(callbacks, limited))
        .load();
  }

  /** Flyway for building all of these scripts from nothing, on the scratch server. */
  Flyway building(DataSource database, Scripts scripts, Callback progress) {
    return configuration(database, scripts)
        .placeholders(request.flyway().placeholders())
        .callbacks(withLimit(List.of(progress, serverStatements), true))
        .load();
  }

  private Callback[] withLimit(List<Callback> callbacks, boolean limited) {
    var limit = request.limitsOrDefault().statement();
    var all = new ArrayList<>(callbacks);
    if (limited && limit != null) {
      all.add(new StatementLimit(engine, limit));
    }
    return all.toArray(Callback[]::new);
  }

  /** Flyway for stamping a version. */
  Flyway stamping(DataSource database, Scripts scripts, String version) {
    return configuration(database, scripts).baselineVersion(Versions.of(version)).load();
  }

  private FluentConfiguration configuration(DataSource database, Scripts scripts) {
    var configuration =
        new FluentConfiguration(FlywayFactory.class.getClassLoader())
            .loggers(FlywayLog.class.getName())
            .dataSource(database)
            .schemas(schemas.toArray(String[]::new))
            .defaultSchema(schemas.getFirst())
            .createSchemas(true)
            .table(request.flyway().table())
            // Flyway searches neither the class path nor the file system.
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
    // On PostgreSQL a script and its row are then committed in one transaction; Flyway's default
    // takes a second session for its lock, for whose idle transaction CREATE INDEX CONCURRENTLY
    // would wait.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }
}
