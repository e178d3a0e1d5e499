package dev.schemaversion.cli.option;

import java.nio.file.Path;
import java.util.Map;

/** Where the migrations come from. */
final class Sources {
  /** No migrations. */
  static final Map<String, byte[]> NONE = Map.of();

  private Sources() {}

  /**
   * Reads the migrations.
   *
   * @param folder the folder that the user names, or null
   * @param manifest the manifest, or null
   */
  static Map<String, byte[]> read(Path folder, Manifest manifest) {
    if (manifest != null && manifest.resource().getSpec().migrations().command() != null) {
      throw new UsageError(
          "The manifest has migrations.command. A tool of your own runs in a pod only: use kubectl"
              + " schemaversion on a cluster.");
    }
    if (folder != null) {
      return MigrationsFolder.read(folder);
    }
    if (manifest == null) {
      throw new UsageError(
          "Name the migrations with --migrations DIR, or a manifest with -f FILE.");
    }
    return manifest
        .migrations()
        .orElseThrow(
            () ->
                new UsageError(
                    manifest.resource().getSpec().migrations().image() == null
                        ? "The manifest does not have all ConfigMaps with the migrations. Give the output of kubectl kustomize (-f -), or name the folder with --migrations DIR."
                        : "The migrations of the manifest are in an image. Name the folder that is copied into it with --migrations DIR."));
  }
}
