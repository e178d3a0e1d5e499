package dev.schemaversion.runner.flyway.setup;

import dev.schemaversion.contract.FlywayOptions.Checksums;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.flyway.history.IgnoredFindings;
import dev.schemaversion.runner.flyway.script.FlywayOptionMapping;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.script.ServerStatements;
import dev.schemaversion.runner.flyway.script.StatementAttendance;
import dev.schemaversion.runner.flyway.script.StatementLimit;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.flyway.script.WatchedStatements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.FlywayExecutor;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** The one way Flyway is set up. */
public final class FlywayFactory {
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
  public FlywayFactory(
      RunRequest request, Engine engine, List<String> schemas, ServerStatements serverStatements) {
    this.request = request;
    this.engine = engine;
    this.schemas = schemas;
    this.serverStatements = serverStatements;
  }

  /** Flyway for migrating these scripts up to the wanted version, on the real database. */
  public Flyway migrating(
      DataSource database, Scripts scripts, Callback progress, StatementAttendance attendance) {
    return migrating(
            database, scripts, !engine.limitsStatements(), List.of(scripts, progress, attendance))
        .validateOnMigrate(checksums() != Checksums.IGNORE)
        .load();
  }

  /** The same on the scratch server. */
  public Flyway rehearsing(
      DataSource clone, Scripts scripts, Callback progress, WatchedStatements watched) {
    return migrating(clone, scripts, true, List.of(scripts, progress, serverStatements, watched))
        // The clone has the history as it was before changed files are taken over.
        .validateOnMigrate(checksums() == Checksums.ENFORCE)
        .load();
  }

  private Checksums checksums() {
    return request.flyway().optionsOrDefault().checksumsOrDefault();
  }

  private FluentConfiguration migrating(
      DataSource database, Scripts scripts, boolean limited, List<Callback> callbacks) {
    return configuration(database, scripts)
        .target(Versions.of(request.version()))
        .outOfOrder(request.flyway().outOfOrder())
        .callbacks(withLimit(callbacks, limited))
        .ignoreMigrationPatterns(IgnoredFindings.of(request).patterns());
  }

  /** Flyway for comparing the history with the scripts. It runs nothing of the user's. */
  public Flyway inspecting(DataSource database, Scripts scripts) {
    return configuration(database, scripts)
        .target(Versions.of(request.version()))
        .outOfOrder(request.flyway().outOfOrder())
        .skipDefaultCallbacks(true)
        .initSql(null)
        .callbacks(scripts)
        .load();
  }

  /** Flyway for building all of these scripts from nothing, on the scratch server. */
  public Flyway building(DataSource database, Scripts scripts, Callback progress) {
    return configuration(database, scripts)
        .createSchemas(true) // a scratch database has none but the default one
        .callbacks(withLimit(List.of(scripts, progress, serverStatements), true))
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

  /**
   * What to know about an error on the scratch server, as a sentence after another; else nothing.
   */
  public String hint(SQLException error) {
    return engine.lackOfOtherDatabases(error).map(sentence -> " " + sentence).orElse("");
  }

  /** Flyway for stamping a version. */
  public Flyway stamping(DataSource database, Scripts scripts, String version) {
    return configuration(database, scripts)
        .baselineVersion(Versions.of(version))
        .callbacks(scripts)
        .load();
  }

  /**
   * Creates an empty history. In a schema that is not empty, Flyway itself only creates one with a
   * baseline in it. Where the schema is missing, Flyway creates both when it migrates.
   */
  public void createHistory(DataSource database, Scripts scripts) {
    new FlywayExecutor(configuration(database, scripts).skipDefaultCallbacks(true))
        .execute(
            (resolver, history, server, schema, all, callbacks, interceptor) -> {
              if (schema.exists()) {
                history.create(false);
              }
              return null;
            },
            false,
            null);
  }

  private FluentConfiguration configuration(DataSource database, Scripts scripts) {
    var configuration =
        FlywayOptionMapping.reading(request.flyway())
            .loggers(FlywayLog.class.getName())
            .dataSource(database)
            .schemas(schemas.toArray(String[]::new))
            .defaultSchema(schemas.getFirst())
            .createSchemas(true)
            // Flyway searches neither the class path nor the file system.
            .locations(new String[0])
            .failOnMissingLocations(true)
            .resourceProvider(scripts)
            .javaMigrationClassProvider(List::of)
            .skipDefaultResolvers(true)
            .resolvers(scripts)
            .validateMigrationNaming(true)
            .validateOnMigrate(true)
            .baselineOnMigrate(false)
            .cleanDisabled(true)
            .group(false)
            // A script with both kinds of statements runs outside a transaction as a whole.
            .mixed(true)
            .batch(false)
            // Results are rows, and rows are not printed.
            .outputQueryResults(false)
            .lockRetryCount(LOCK_RETRIES);
    FlywayOptionMapping.running(configuration, request.flyway().optionsOrDefault());
    // On PostgreSQL a script and its row are then committed in one transaction; Flyway's default
    // takes a second session for its lock, for whose idle transaction CREATE INDEX CONCURRENTLY
    // would wait.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }
}
