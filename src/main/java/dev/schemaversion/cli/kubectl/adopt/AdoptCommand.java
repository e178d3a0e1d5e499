package dev.schemaversion.cli.kubectl.adopt;

import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.Session;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code adopt}: prints the manifests for a database that exists. */
@Command(
    name = "adopt",
    description =
        "Prints ConfigMaps and a SchemaVersion for a database that exists, from a folder of migrations and a Secret.")
public final class AdoptCommand implements Runnable {
  /** A name has 40 characters at most, and the temporary resource has a longer one. */
  private static final int MAX_NAME = 36;

  /** What the API server stores of an object that {@code kubectl apply} has applied. */
  private static final int MAX_APPLIED = 256 << 10;

  @ParentCommand private Session session;

  @Parameters(paramLabel = "NEW_NAME", description = "The name of the SchemaVersion to write.")
  private String name;

  @Option(
      names = "--migrations",
      required = true,
      paramLabel = "FOLDER",
      description = "The folder with the migrations, such as V1__name.sql.")
  private Path migrations;

  @Mixin private DatabaseOptions database;

  @Option(
      names = "--version-wanted",
      paramLabel = "VERSION",
      description = "spec.version. Defaults to the highest version in the folder.")
  private String version;

  @Option(
      names = "--ask",
      description =
          "Asks the database which version it is at, by a temporary SchemaVersion that can write nothing, and proposes baseline.version.")
  private boolean ask;

  @Option(
      names = {"-y", "--yes"},
      description = "Asks the database without a question before.")
  private boolean yes;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long --ask waits for the answer, in seconds. Defaults to 300.")
  private int timeout;

  @Override
  public void run() {
    if (!name.matches("[a-z0-9]([-a-z0-9]{0,%d}[a-z0-9])?".formatted(MAX_NAME - 2))) {
      throw new Failure(
          "The name \"%s\" must be at most %d lower-case letters, digits and hyphens."
              .formatted(name, MAX_NAME));
    }
    var files = MigrationFiles.of(migrations);
    var wanted = version == null ? files.highestVersion() : version;
    try (var cluster = session.connect()) {
      var answer = ask ? ask(cluster, files, wanted) : notAsked();
      print(cluster.namespace(), files, wanted, answer);
    }
  }

  private static Answer notAsked() {
    return new Answer(
        null,
        List.of(
            "A database with tables and without a Flyway history needs baseline.version. To find it out: kubectl schemaversion adopt … --ask, or apply this, and the refusal names it."));
  }

  private Answer ask(Cluster cluster, MigrationFiles files, String wanted) {
    var terminal = session.terminal();
    var temporary = name + "-ask";
    terminal.note(
        "The SchemaVersion %s and its ConfigMaps are created in namespace %s and deleted afterwards. Its baseline Job reads the database. It can write nothing: without baseline.version nothing is stamped, and spec.approval is Manual, so no migration runs without an approval, which nobody gives. If this is interrupted: kubectl delete sv %s -n %s"
            .formatted(temporary, cluster.namespace(), temporary, cluster.namespace()));
    if (!yes && !terminal.confirm("Ask the database in this way?")) {
      throw new Failure("Nothing was created. Leave out --ask for manifests without a version.");
    }
    var configMaps = MigrationConfigMaps.of(files, cluster.namespace(), temporary + "-migrations");
    return new Question(terminal, cluster, Duration.ofSeconds(timeout))
        .ask(
            AdoptedResource.question(
                cluster.namespace(), temporary, wanted, database.spec(), configMaps),
            configMaps);
  }

  private void print(String namespace, MigrationFiles files, String wanted, Answer answer) {
    var terminal = session.terminal();
    var configMaps = MigrationConfigMaps.of(files, namespace, name + "-migrations");
    for (var configMap : configMaps) {
      var yaml = Serialization.asYaml(configMap);
      if (yaml.length() > MAX_APPLIED) {
        terminal.note(
            "note: ConfigMap %s is too large for kubectl apply; use kubectl apply --server-side"
                .formatted(configMap.getMetadata().getName()));
      }
      terminal.print(document(yaml));
    }
    var resource =
        AdoptedResource.of(namespace, name, wanted, database.spec(), configMaps, answer.version());
    terminal.print("---");
    answer.found().forEach(line -> terminal.print("# " + line.replace("\n", "\n# ")));
    terminal.print(document(Serialization.asYaml(resource)).replaceFirst("^---\n", ""));
  }

  private static String document(String yaml) {
    return (yaml.startsWith("---\n") ? yaml : "---\n" + yaml).stripTrailing();
  }
}
