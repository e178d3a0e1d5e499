package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.contract.MigrationsDigest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps of each ConfigMap in the cluster only its name and the digest of its content, since any of
 * them may hold a megabyte of migrations.
 */
final class MigrationSources extends ReducedStore<ConfigMap> {
  private static final String DIGEST = Names.GROUP + "/digest";

  MigrationSources() {
    super(MigrationSources::reduce);
  }

  /** The digest of what a ConfigMap of this store held. */
  static String digest(ConfigMap source) {
    return source.getMetadata().getAnnotations().get(DIGEST);
  }

  private static ConfigMap reduce(ConfigMap source) {
    var metadata = source.getMetadata();
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(metadata.getName())
        .withNamespace(metadata.getNamespace())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .addToAnnotations(DIGEST, MigrationsDigest.ofSource(files(source)))
        .endMetadata()
        .build();
  }

  private static Map<String, byte[]> files(ConfigMap source) {
    var files = new HashMap<String, byte[]>();
    if (source.getData() != null) {
      source
          .getData()
          .forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
    }
    if (source.getBinaryData() != null) {
      source
          .getBinaryData()
          .forEach((name, base64) -> files.put(name, Base64.getDecoder().decode(base64)));
    }
    return files;
  }
}
