package dev.schemaversion.runner.flyway.script;

import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resolver.ResolvedMigrationImpl;
import org.flywaydb.core.internal.resolver.sql.SqlMigrationExecutor;
import org.flywaydb.core.internal.sqlscript.SqlScript;

/**
 * Gives Flyway exactly the scripts that were read and checked, from memory. It stands in the place
 * of all of Flyway's own resolvers, which find more than versioned SQL.
 */
public final class Scripts implements MigrationResolver, ResourceProvider {
  /** A script with both kinds of statements runs outside a transaction. */
  private static final boolean MIXED = true;

  private final Migrations migrations;
  private final Around around;
  private final Map<String, SqlScript> parsed = new HashMap<>();

  /** What else is done when a script runs. */
  interface Around {
    MigrationExecutor around(
        Migrations.Script script, int checksum, SqlScript sql, MigrationExecutor executor);
  }

  public Scripts(Migrations migrations) {
    this(migrations, (script, checksum, sql, executor) -> executor);
  }

  public Scripts(Migrations migrations, Around around) {
    this.migrations = migrations;
    this.around = around;
  }

  @Override
  public Collection<ResolvedMigration> resolveMigrations(Context context) {
    var resolved = new ArrayList<ResolvedMigration>();
    for (var script : migrations.scripts()) {
      var resource = new InMemory(script);
      var sql = context.sqlScriptFactory.createSqlScript(resource, MIXED, this);
      parsed.put(script.file(), sql);
      var checksum = ChecksumCalculator.calculate(resource);
      resolved.add(
          new ResolvedMigrationImpl(
              script.version(),
              script.description(),
              script.file(),
              checksum,
              null,
              CoreMigrationType.SQL,
              script.file(),
              around.around(
                  script,
                  checksum,
                  sql,
                  new SqlMigrationExecutor(context.sqlScriptExecutorFactory, sql, false, false))));
    }
    return resolved;
  }

  /** The checksum of a script. */
  public static int checksum(Migrations.Script script) {
    return ChecksumCalculator.calculate(new InMemory(script));
  }

  /** The script of this name as Flyway has last resolved it. */
  public SqlScript parsed(String file) {
    return parsed.get(file);
  }

  @Override
  public LoadableResource getResource(String name) {
    return null; // what Flyway asks for are script configurations, and there are none
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return List.of(); // what Flyway asks for are callbacks, and there are none
  }

  private static final class InMemory extends LoadableResource {
    private final Migrations.Script script;

    InMemory(Migrations.Script script) {
      this.script = script;
    }

    @Override
    public Reader read() {
      return new StringReader(script.sql());
    }

    @Override
    public String getAbsolutePath() {
      return script.file();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return script.file();
    }

    @Override
    public String getFilename() {
      return script.file();
    }

    @Override
    public String getRelativePath() {
      return script.file();
    }
  }
}
