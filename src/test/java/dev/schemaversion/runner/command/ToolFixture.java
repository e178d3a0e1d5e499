package dev.schemaversion.runner.command;

import dev.schemaversion.contract.request.ToolCommand;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import dev.schemaversion.testing.ToolShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Job with a migration tool that is a shell script, and the container in which it runs. */
final class ToolFixture implements AutoCloseable {
  /** The versions of the tool, of which each but the last makes a table. */
  static final List<String> VERSIONS = List.of("01_users", "02_images", "03_tags", "04_admin");

  private static final Map<String, String> FILES =
      Map.of(
          "01_users", "CREATE TABLE users (id int PRIMARY KEY, name varchar(50));",
          "02_images", "CREATE TABLE images (id int PRIMARY KEY, owner int);",
          "03_tags",
              "CREATE TABLE tags (id int PRIMARY KEY);\nALTER TABLE images ADD COLUMN size int;",
          "04_admin", "INSERT INTO users VALUES (1, 'admin');");

  /** The engines on which the tool runs. */
  enum OnEngine {
    POSTGRESQL,
    MARIADB
  }

  final TestDatabase database;
  final Job job;
  final ToolShell shell;
  private final Path files;
  private List<String> ignored;
  private final Map<String, String> environment = new TreeMap<>();

  ToolFixture(OnEngine engine, Path root) {
    try {
      database = engine == OnEngine.POSTGRESQL ? Postgres.fresh() : MariaDb.fresh();
      files = Files.createDirectories(root.resolve("migrations"));
      for (var file : FILES.entrySet()) {
        Files.writeString(files.resolve(file.getKey() + ".sql"), file.getValue());
      }
      job = new Job(root, database).version("04_admin");
      job.host = "127.0.0.1";
      job.files.sources().clear();
      shell = new ToolShell(root, Map.of());
      environment.put("FILES", files.toString());
      environment.put("PORT", "$(PORT)");
      environment.put("REAL_PORT", Integer.toString(database.port()));
      if (engine == OnEngine.POSTGRESQL) {
        environment.put(
            "CLIENT",
            "psql -qAtX -v ON_ERROR_STOP=1 -h $(HOST) -p $(PORT) -U $(USERNAME) -d $(DATABASE)");
        environment.put("SLOW", "CREATE TABLE slow AS SELECT 1 AS one FROM pg_sleep(4)");
        environment.put(
            "SLOW_RUNS",
            "FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'CREATE TABLE slow%'");
        environment.put("PGPASSWORD", "$(PASSWORD)");
        environment.put("PGSSLMODE", "$(SSLMODE)");
      } else {
        environment.put(
            "CLIENT",
            Path.of("target", "mariadb", "bin", "mariadb").toAbsolutePath()
                + " --no-defaults --skip-ssl -N -h $(HOST) -P $(PORT) -u $(USERNAME) $(DATABASE)");
        environment.put("SLOW", "CREATE TABLE slow AS SELECT SLEEP(4) AS zero");
        environment.put(
            "SLOW_RUNS",
            "FROM information_schema.processlist WHERE info LIKE 'CREATE TABLE slow%'");
        environment.put("MYSQL_PWD", "$(PASSWORD)");
      }
      versions(VERSIONS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists other versions in the resource. */
  ToolFixture versions(List<String> versions) {
    job.command =
        new ToolCommand(
            "registry.example.org/tool:1",
            versions,
            List.of("sh", script(), "migrate", "$(VERSION)"),
            List.of("sh", script(), "stamp", "$(VERSION)"),
            List.of("tool_history"),
            ignored,
            Map.of(),
            environment);
    return this;
  }

  /** Columns of the tool's table that do not count. */
  ToolFixture ignoring(String... columns) {
    ignored = List.of(columns);
    return versions(job.command.versions());
  }

  /** Without a command that stamps. */
  ToolFixture withoutStamp() {
    var given = job.command;
    job.command =
        new ToolCommand(
            given.image(),
            given.versions(),
            given.migrate(),
            null,
            given.historyTables(),
            given.ignoredColumns(),
            given.files(),
            given.env());
    return this;
  }

  /** Makes something go wrong; only on the real database if the text begins with “real”. */
  ToolFixture trick(String trick) {
    environment.put("TRICK", trick);
    return versions(job.command.versions());
  }

  /** Has a shell script migrate instead of the tool. */
  void migrateWith(String script) {
    var given = job.command;
    job.command =
        new ToolCommand(
            given.image(),
            given.versions(),
            List.of("sh", "-c", script),
            given.stamp(),
            given.historyTables(),
            given.ignoredColumns(),
            given.files(),
            given.env());
  }

  /** Sets an environment variable of the tool. */
  ToolFixture env(String name, String value) {
    environment.put(name, value);
    return versions(job.command.versions());
  }

  /** The tool as users run it by hand, which does not ask anybody. */
  ToolFixture byHand(String command, String version) throws IOException, InterruptedException {
    if (process(command, version, "").waitFor() != 0) {
      throw new AssertionError("the tool failed");
    }
    return this;
  }

  /** The tool dies while it migrates to the newest version. */
  void dieByHand(String trick) throws IOException, InterruptedException {
    process("migrate", VERSIONS.getLast(), trick).waitFor();
  }

  private Process process(String command, String version, String trick) throws IOException {
    var builder = new ProcessBuilder("sh", script(), command, version).inheritIO();
    environment.forEach(
        (name, value) ->
            builder
                .environment()
                .put(
                    name,
                    value
                        .replace("$(HOST)", "127.0.0.1")
                        .replace("$(PORT)", Integer.toString(database.port()))
                        .replace("$(DATABASE)", database.name())
                        .replace("$(USERNAME)", database.user())
                        .replace("$(PASSWORD)", database.password())
                        .replace("$(SSLMODE)", "prefer")));
    builder.environment().put("TRICK", trick);
    return builder.start();
  }

  /** What the tool has recorded. */
  List<String> history() {
    return database.query("SELECT version FROM tool_history ORDER BY version");
  }

  private static String script() {
    try {
      return Path.of(ToolFixture.class.getResource("tool.sh").toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
