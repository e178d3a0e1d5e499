package dev.schemaversion.cli.option;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The migrations, and how Flyway reads them. Fields that are not set are null. */
final class MigrationOptions {
  @Option(
      names = {"-m", "--migrations"},
      paramLabel = "DIR",
      description =
          "The folder with the migrations, as Flyway reads them. By default the ConfigMaps beside"
              + " the SchemaVersion in the manifest.")
  Path folder;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "A manifest with a SchemaVersion, from which everything is read that no option says; - is"
              + " standard input.")
  String manifest;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the SchemaVersion, if the manifest has several.")
  String name;

  @Option(
      names = "--flyway",
      paramLabel = "NAME=VALUE",
      description =
          "An option of Flyway by its name in spec.migrations.flyway, such as"
              + " sqlMigrationPrefix=V; lists with commas; a placeholder as"
              + " placeholders.NAME=VALUE. Can be repeated.")
  List<String> flyway;
}
