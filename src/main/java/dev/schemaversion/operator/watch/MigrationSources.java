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
 * The ConfigMaps with migrations that SchemaVersions name. Each is read by its name when it is
 * asked for first and again after it has changed; digest and size are kept, the content is not. All
 * other ConfigMaps of the cluster are never read.
 */
@ApplicationScoped
public class MigrationSources {
  /** More would only be read again more often. */
  private static final int MOST_KEPT = 20_000;

  /** At a time, since each may be a megabyte, and some more while it is parsed. */
  private static final int MOST_READ = 4;

  /**
   * What is known of one ConfigMap.
   *
   * @param resourceVersion what was read, or null if it is not there
   * @param digest of its files, see {@link MigrationsDigest}
   * @param size of its files
   */
  public record Source(String resourceVersion, String digest, MigrationsSize size) {
    private static final Source ABSENT = new Source(null, null, MigrationsSize.NONE);

    boolean absent() {
      return resourceVersion == null;
    }
  }

  private final KubernetesClient client;
  private final Semaphore reading = new Semaphore(MOST_READ, true);

  /** A read that is under way counts as known, so that two resources do not read it twice. */
  private final Map<ResourceID, CompletableFuture<Source>> known =
      Collections.synchronizedMap(new BoundedLruMap<>(MOST_KEPT));

  MigrationSources(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Reads a ConfigMap, or remembers it.
   *
   * @return empty if there is none
   * @throws KubernetesClientException if the API server does not answer
   */
  public Optional<Source> read(ResourceID id) {
    var mine = new CompletableFuture<Source>();
    var earlier = known.putIfAbsent(id, mine);
    var source = earlier == null ? complete(mine, id) : join(earlier);
    return Optional.of(source).filter(found -> !found.absent());
  }

  /**
   * Forgets a ConfigMap if it is not as it was read. A read that is under way is forgotten too: it
   * may have been answered before the change.
   *
   * @param resourceVersion what it is now, or null if it was deleted
   * @return whether it has changed since it was read, as far as is known
   */
  boolean changed(ResourceID id, String resourceVersion) {
    var read = known.get(id);
    boolean same =
        read != null
            && read.isDone()
            && !read.isCompletedExceptionally()
            && Objects.equals(read.join().resourceVersion(), resourceVersion);
    if (!same) {
      known.remove(id);
    }
    return !same;
  }

  /** Forgets all, since changes may have been missed. */
  void forget() {
    known.clear();
  }

  private Source complete(CompletableFuture<Source> read, ResourceID id) {
    try {
      var source = get(id);
      read.complete(source);
      return source;
    } catch (RuntimeException e) {
      known.remove(id, read);
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
      var found =
          client
              .configMaps()
              .inNamespace(id.getNamespace().orElseThrow())
              .withName(id.getName())
              .get();
      return found == null ? Source.ABSENT : source(found);
    } finally {
      reading.release();
    }
  }

  private static Source source(ConfigMap source) {
    var files = files(source);
    return new Source(
        source.getMetadata().getResourceVersion(),
        MigrationsDigest.ofSource(files),
        MigrationsSize.of(files));
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
