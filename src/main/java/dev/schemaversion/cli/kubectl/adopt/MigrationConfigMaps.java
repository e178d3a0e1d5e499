package dev.schemaversion.cli.kubectl.adopt;

import dev.schemaversion.cli.kubectl.adopt.MigrationFiles.MigrationFile;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Distributes migrations over ConfigMaps, each of which is smaller than the API server's limit. */
final class MigrationConfigMaps {
  /** The API server's limit is 1 MiB for names and content; the rest is for metadata. */
  static final int MAX_BYTES = 1000 << 10;

  /** The most ConfigMaps that a resource may name. */
  static final int MAX_CONFIG_MAPS = 20;

  private MigrationConfigMaps() {}

  /**
   * Returns the ConfigMaps in their order.
   *
   * @param name the name of the only one, and the beginning of the names of several
   * @throws Failure if a file, or all of them, are too large
   */
  static List<ConfigMap> of(MigrationFiles migrations, String namespace, String name) {
    var parts = parts(migrations);
    if (parts.size() > MAX_CONFIG_MAPS) {
      throw new Failure(
          "The migrations need %d ConfigMaps, and a SchemaVersion has %d at most. Put them into an image instead (spec.migrations.image, docs/flyway.md)."
              .formatted(parts.size(), MAX_CONFIG_MAPS));
    }
    return IntStream.range(0, parts.size())
        .mapToObj(
            i ->
                configMap(namespace, parts.size() == 1 ? name : name + "-" + (i + 1), parts.get(i)))
        .toList();
  }

  private static List<List<MigrationFile>> parts(MigrationFiles migrations) {
    var parts = new ArrayList<List<MigrationFile>>();
    int left = 0;
    for (var file : migrations.files()) {
      int size = size(file);
      if (size > MAX_BYTES) {
        throw new Failure(
            "%s has %d bytes, and a ConfigMap holds 1 MiB at most. Put the migrations into an image instead (spec.migrations.image, docs/flyway.md)."
                .formatted(file.name(), file.bytes()));
      }
      if (size > left) {
        parts.add(new ArrayList<>());
        left = MAX_BYTES;
      }
      parts.getLast().add(file);
      left -= size;
    }
    return parts;
  }

  private static int size(MigrationFile file) {
    return file.name().length() + file.bytes();
  }

  private static ConfigMap configMap(String namespace, String name, List<MigrationFile> files) {
    var configMap =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata();
    for (var file : files) {
      if (file.binary()) {
        configMap.addToBinaryData(file.name(), file.content());
      } else {
        configMap.addToData(file.name(), file.content());
      }
    }
    return configMap.build();
  }
}
