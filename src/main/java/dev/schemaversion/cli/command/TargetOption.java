package dev.schemaversion.cli.command;

import picocli.CommandLine.Option;

/** The option that names the version to migrate to. */
final class TargetOption {
  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description =
          "The version to migrate to. By default spec.version of the manifest, or else the newest.")
  String version;
}
