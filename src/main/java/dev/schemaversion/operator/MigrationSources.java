package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.contract.MigrationsDigest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps of each ConfigMap in the cluster only its name and the digest of its content, since any of
 * them may hold a megabyte of migrations.
 */
final class MigrationSources implements ItemStore<ConfigMap> {
  private static final String DIGEST = Names.GROUP + "/digest";

  private final Map<String, ConfigMap> reduced = new ConcurrentHashMap<>();

  /** The digest of what a ConfigMap of this store held. */
  static String digest(ConfigMap source) {
    return source.getMetadata().getAnnotations().get(DIGEST);
  }

  @Override
  public String getKey(ConfigMap source) {
    return Cache.metaNamespaceKeyFunc(source);
  }

  @Override
  public ConfigMap put(String key, ConfigMap source) {
    return reduced.put(key, reduce(source));
  }

  @Override
  public ConfigMap remove(String key) {
    return reduced.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return reduced.keySet().stream();
  }

  @Override
  public Stream<ConfigMap> values() {
    return reduced.values().stream();
  }

  @Override
  public ConfigMap get(String key) {
    return key == null ? null : reduced.get(key);
  }

  @Override
  public int size() {
    return reduced.size();
  }

  @Override
  public boolean isFullState() {
    return false;
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
