package dev.schemaversion.runner.flyway.setup;

import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.FlywayOptionMapping;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Script;
import dev.schemaversion.runner.flyway.script.ScriptInspector;
import dev.schemaversion.runner.flyway.script.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.internal.database.DatabaseType;
import org.flywaydb.core.internal.database.DatabaseTypeRegister;
import org.flywaydb.core.internal.parser.ParsingContext;

/** Parses scripts as Flyway does, without a database. */
public final class ScriptParsing {
  private static final Map<String, String> URLS =
      Map.of(
          "PostgreSQL", "jdbc:postgresql:",
          "MariaDB", "jdbc:mariadb:",
          "MySQL", "jdbc:mysql:");

  /** What only a database gives a value, by the name after {@code flyway:}. */
  private static final List<String> OF_DATABASE =
      List.of("database", "defaultSchema", "table", "timestamp", "user", "workingDirectory");

  private ScriptParsing() {}

  /**
   * Parses all scripts.
   *
   * @param engine the engine's name
   * @return what is wrong with them, one sentence or two for each script; empty if all can be read
   */
  public static List<String> problems(Migrations migrations, FlywaySettings flyway, String engine) {
    var problems = new ArrayList<String>();
    for (var script : migrations.scripts()) {
      try {
        inspect(script, migrations, flyway, engine);
      } catch (RunFailure e) {
        problems.add(e.getMessage());
      } catch (FlywayException e) {
        // The parser names the place and the text of the script, of which neither is a secret.
        problems.add(script.file() + " cannot be read as SQL: " + e.getMessage());
      }
    }
    return problems;
  }

  private static void inspect(
      Script script, Migrations migrations, FlywaySettings flyway, String engine) {
    // Alone, so that a script that cannot be read does not hide the others.
    var alone = new Migrations(List.of(script), migrations.ignored());
    var scripts = new Scripts(alone);
    var configuration = configuration(flyway);
    var type = type(engine, configuration);
    var resolving =
        new MigrationResolver.Context(
            configuration,
            scripts,
            type.createSqlScriptFactory(configuration, parsing(flyway)),
            null,
            null);
    var unused = scripts.resolveMigrations(resolving);
    ScriptInspector.inspect(script.file(), scripts.parsed(script.file()));
  }

  private static FluentConfiguration configuration(FlywaySettings flyway) {
    var configuration = FlywayOptionMapping.reading(flyway).loggers(FlywayLog.class.getName());
    configuration.mixed(true);
    return configuration;
  }

  private static ParsingContext parsing(FlywaySettings flyway) {
    var parsing = new ParsingContext();
    var separator = flyway.optionsOrDefault().placeholderSeparator();
    OF_DATABASE.forEach(
        name ->
            parsing
                .getPlaceholders()
                .put("flyway" + (separator == null ? ":" : separator) + name, name));
    return parsing;
  }

  private static DatabaseType type(String engine, FluentConfiguration configuration) {
    return DatabaseTypeRegister.getDatabaseTypesForUrl(URLS.get(engine), configuration).stream()
        .filter(DatabaseType.class::isInstance)
        .map(DatabaseType.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
