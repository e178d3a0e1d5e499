package dev.schemaversion.operator.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A cache that keeps only the needed fields of each object, to save memory in large clusters. */
abstract class TrimmingItemStore<R extends HasMetadata> implements ItemStore<R> {
  private final Map<String, R> objects = new ConcurrentHashMap<>();
  private final UnaryOperator<R> trim;

  /**
   * Creates an empty store.
   *
   * @param trim returns a new object with the needed fields; must be idempotent
   */
  TrimmingItemStore(UnaryOperator<R> trim) {
    this.trim = trim;
  }

  @Override
  public String getKey(R object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public R put(String key, R object) {
    return objects.put(key, trim.apply(object));
  }

  @Override
  public R remove(String key) {
    return objects.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return objects.keySet().stream();
  }

  @Override
  public Stream<R> values() {
    return objects.values().stream();
  }

  @Override
  public R get(String key) {
    return key == null ? null : objects.get(key);
  }

  @Override
  public int size() {
    return objects.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
