package dev.schemaversion.docs;

import dev.schemaversion.cli.Cli;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The examples of the command line, on the databases of the worked example. */
final class CommandLineExamples {
  private static final String MIGRATIONS = "migrations";

  private final Path migrations;
  private final Map<String, String> examples = new TreeMap<>();
  private Postgres.Database database;

  CommandLineExamples(Path root) throws IOException {
    migrations = Files.createDirectory(root.resolve("command-line"));
    try (var files = Files.list(Cli.GLANCE.resolve(MIGRATIONS))) {
      for (var file : files.filter(each -> each.toString().endsWith(".sql")).toList()) {
        Files.copy(file, migrations.resolve(file.getFileName()));
      }
    }
  }

  Map<String, String> all() throws IOException {
    show("command-check", "schemaversion check -m migrations");
    glance("environment-diablo/diablo.sql");
    show("command-which-version", "schemaversion which-version -m migrations");
    show("command-prove", "schemaversion prove -m migrations --claim 9");
    show("command-prove-refused", "schemaversion prove -m migrations --claim 13");
    database.execute("DROP INDEX ix_images_deleted", "CREATE TABLE report_days (day date)");
    show("command-diff", "schemaversion diff -m migrations --at 9");
    glance("environment-diablo/diablo.sql");
    database.execute(Files.readString(Cli.GLANCE.resolve("environment-diablo-stamped/stamp.sql")));
    database.execute("UPDATE flyway_schema_history SET version = '9'");
    show("command-plan", "schemaversion plan -m migrations --to 11");
    return examples;
  }

  private void glance(String script) throws IOException {
    database = Postgres.fresh();
    database.execute(Files.readString(Cli.GLANCE.resolve(script)));
  }

  private void show(String name, String command) {
    var args = new ArrayList<>(List.of(command.split(" ", -1)));
    args.removeFirst();
    args.replaceAll(each -> each.equals(MIGRATIONS) ? migrations.toString() : each);
    var cli = database == null ? new Cli() : new Cli().on(database);
    var ended = cli.run(args.toArray(String[]::new));
    examples.put(name, "$ %s\n%s$ echo $?\n%d\n".formatted(command, ended.out(), ended.exitCode()));
  }
}
