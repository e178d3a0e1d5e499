package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.flyway.script.Script.Kind;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationResolver;
import org.flywaydb.core.api.migration.baseline.BaselineResolvedMigration;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.callback.SimpleContext;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resolver.ResolvedMigrationImpl;
import org.flywaydb.core.internal.resolver.sql.SqlMigrationResolver;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScriptFactory;

/**
 * Gives Flyway exactly the scripts that were read and checked, from memory. Flyway's own resolvers
 * for SQL make its migrations of them; those for Java and for other scripts are left out.
 */
public final class Scripts extends BaseCallback implements MigrationResolver, ResourceProvider {
  private final Map<String, Script> byFile = new LinkedHashMap<>();
  private final Around around;
  private final Map<String, SqlScript> parsed = new HashMap<>();
  private final Map<String, Integer> checksums = new HashMap<>();
  private ParsingContext parsing = new ParsingContext();

  /** What else is done when a script runs. */
  interface Around {
    MigrationExecutor around(
        Script script, int checksum, SqlScript sql, MigrationExecutor executor);
  }

  public Scripts(Migrations migrations) {
    this(migrations, (script, checksum, sql, executor) -> executor);
  }

  public Scripts(Migrations migrations, Around around) {
    migrations.scripts().forEach(script -> byFile.put(script.file(), script));
    this.around = around;
  }

  @Override
  public boolean supports(Event event, org.flywaydb.core.api.callback.Context context) {
    return event == Event.AFTER_CONNECT;
  }

  /**
   * Learns the values of Flyway's own placeholders, which count in the checksum of a repeatable
   * migration. Flyway gives them to its own resolvers only.
   */
  @Override
  public void handle(Event event, org.flywaydb.core.api.callback.Context context) {
    if (context instanceof SimpleContext simple && simple.getDatabase() != null) {
      parsing = new ParsingContext();
      parsing.populate(simple.getDatabase(), context.getConfiguration());
    }
  }

  @Override
  public Collection<ResolvedMigration> resolveMigrations(MigrationResolver.Context context) {
    var remembering =
        new MigrationResolver.Context(
            context.configuration,
            this,
            remembering(context.sqlScriptFactory),
            context.sqlScriptExecutorFactory,
            context.statementInterceptor);
    var resolved =
        new ArrayList<>(
            new SqlMigrationResolver(
                    this,
                    remembering.sqlScriptExecutorFactory,
                    remembering.sqlScriptFactory,
                    remembering.configuration,
                    parsing)
                .resolveMigrations(remembering));
    byFile.values().stream()
        .filter(script -> script.kind() == Kind.CALLBACK)
        .forEach(
            callback ->
                remembering.sqlScriptFactory.createSqlScript(
                    new InMemory(callback), remembering.configuration.isMixed(), this));
    resolved.addAll(new BaselineMigrationResolver().resolveMigrations(remembering));
    return resolved.stream().map(migration -> around(migration, remembering)).toList();
  }

  private SqlScriptFactory remembering(SqlScriptFactory factory) {
    return (resource, mixed, provider) -> {
      var sql = factory.createSqlScript(resource, mixed, provider);
      parsed.put(resource.getRelativePath(), sql);
      return sql;
    };
  }

  private ResolvedMigration around(ResolvedMigration migration, MigrationResolver.Context context) {
    var script = byFile.get(migration.getScript());
    int checksum =
        script.kind() == Kind.REPEATABLE ? migration.getChecksum() : checksumOfText(script);
    checksums.put(script.file(), checksum);
    var executor = around.around(script, checksum, parsed(script.file()), migration.getExecutor());
    if (script.kind() == Kind.BASELINE) {
      return new BaselineResolvedMigration(
          migration.getVersion(),
          migration.getDescription(),
          migration.getScript(),
          checksum,
          null,
          migration.getPhysicalLocation(),
          executor,
          context.configuration);
    }
    return new ResolvedMigrationImpl(
        migration.getVersion(),
        migration.getDescription(),
        migration.getScript(),
        checksum,
        script.kind() == Kind.REPEATABLE ? checksumOfText(script) : null,
        CoreMigrationType.SQL,
        migration.getPhysicalLocation(),
        executor);
  }

  private static int checksumOfText(Script script) {
    return ChecksumCalculator.calculate(new InMemory(script.file(), script.sql()));
  }

  /** The checksum of a script as Flyway has last resolved it, or null. */
  public Integer checksum(String file) {
    return checksums.get(file);
  }

  /** The script of this name as Flyway has last resolved it. */
  public SqlScript parsed(String file) {
    return parsed.get(file);
  }

  /** Gives Flyway the configuration file of a script. */
  @Override
  public LoadableResource getResource(String name) {
    var script = byFile.get(name.substring(0, Math.max(0, name.length() - ".conf".length())));
    return name.endsWith(".conf") && script != null && script.configuration() != null
        ? new InMemory(name, script.configuration())
        : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    var resources = new ArrayList<LoadableResource>();
    for (var script : byFile.values()) {
      var resource = new InMemory(script);
      if (resource.getFilename().startsWith(prefix)) {
        resources.add(resource);
      }
    }
    return List.copyOf(resources);
  }

  private static final class InMemory extends LoadableResource {
    private final String path;
    private final String text;

    InMemory(Script script) {
      this(script.file(), ScriptText.unguarded(script.sql()));
    }

    InMemory(String path, String text) {
      this.path = path;
      this.text = text;
    }

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
      return path;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return path;
    }

    @Override
    public String getFilename() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String getRelativePath() {
      return path;
    }
  }
}
