package dev.schemaversion.operator.watch;

import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.MigrationsSize;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Caches digest and size of the ConfigMaps with migrations that SchemaVersions reference. A
 * ConfigMap is read by its name at its first use and again after a change. The content is not
 * cached, and other ConfigMaps of the cluster are never read.
 */
@ApplicationScoped
public class MigrationSources {
  /** The limit of cached ConfigMaps. Evicted ones are read again at their next use. */
  private static final int MAX_CACHED = 20_000;

  /** The limit of concurrent reads. A ConfigMap may have a megabyte, and takes more when parsed. */
  private static final int MAX_CONCURRENT_READS = 4;

  /**
   * The cached properties of a ConfigMap.
   *
   * @param resourceVersion the version that was read, or null if the ConfigMap does not exist
   * @param digest the digest of the files, see {@link MigrationsDigest}
   * @param size the size of the files
   */
  public record Source(String resourceVersion, String digest, MigrationsSize size) {
    private static final Source ABSENT = new Source(null, null, MigrationsSize.NONE);

    boolean absent() {
      return resourceVersion == null;
    }
  }

  private final KubernetesClient client;
  private final Semaphore reading = new Semaphore(MAX_CONCURRENT_READS, true);

  /** Contains reads in progress too, so that two resources do not read a ConfigMap twice. */
  private final Map<ResourceID, CompletableFuture<Source>> cache =
      Collections.synchronizedMap(new BoundedLruMap<>(MAX_CACHED));

  MigrationSources(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Returns a ConfigMap's properties from the cache, or else from the API server.
   *
   * @return empty if the ConfigMap does not exist
   * @throws KubernetesClientException if the API server rejects the request or does not answer
   */
  public Optional<Source> read(ResourceID id) {
    var ownRead = new CompletableFuture<Source>();
    var cachedRead = cache.putIfAbsent(id, ownRead);
    var source = cachedRead == null ? complete(ownRead, id) : join(cachedRead);
    return Optional.of(source).filter(it -> !it.absent());
  }

  /**
   * Invalidates a ConfigMap's entry, unless the entry has the present version. A read in progress
   * is invalidated too, because its response may be older than the change.
   *
   * @param resourceVersion the present version, or null if the ConfigMap was deleted
   * @return whether the cache had no entry of the present version
   */
  boolean invalidateIfChanged(ResourceID id, String resourceVersion) {
    var read = cache.get(id);
    boolean same =
        read != null
            && read.isDone()
            && !read.isCompletedExceptionally()
            && Objects.equals(read.join().resourceVersion(), resourceVersion);
    if (!same) {
      cache.remove(id);
    }
    return !same;
  }

  /** Invalidates all entries, because changes may have been missed. */
  void clear() {
    cache.clear();
  }

  private Source complete(CompletableFuture<Source> read, ResourceID id) {
    try {
      var source = get(id);
      read.complete(source);
      return source;
    } catch (RuntimeException e) {
      cache.remove(id, read);
      read.completeExceptionally(e);
      throw e;
    }
  }

  private static Source join(CompletableFuture<Source> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Source get(ResourceID id) {
    reading.acquireUninterruptibly();
    try {
      var configMap =
          client
              .configMaps()
              .inNamespace(id.getNamespace().orElseThrow())
              .withName(id.getName())
              .get();
      return configMap == null ? Source.ABSENT : source(configMap);
    } finally {
      reading.release();
    }
  }

  private static Source source(ConfigMap configMap) {
    var files = files(configMap);
    return new Source(
        configMap.getMetadata().getResourceVersion(),
        MigrationsDigest.ofSource(files),
        MigrationsSize.of(files));
  }

  private static Map<String, byte[]> files(ConfigMap configMap) {
    var files = new HashMap<String, byte[]>();
    if (configMap.getData() != null) {
      configMap
          .getData()
          .forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
    }
    if (configMap.getBinaryData() != null) {
      configMap
          .getBinaryData()
          .forEach((name, base64) -> files.put(name, Base64.getDecoder().decode(base64)));
    }
    return files;
  }
}
