package dev.schemaversion.operator.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A cache that keeps of each object only what is looked at: clusters are large, the operator is
 * not.
 */
abstract class TrimmingItemStore<R extends HasMetadata> implements ItemStore<R> {
  private final Map<String, R> reduced = new ConcurrentHashMap<>();
  private final UnaryOperator<R> reduction;

  /**
   * An empty store.
   *
   * @param reduction gives another object with what is kept, and may be given its own result
   */
  TrimmingItemStore(UnaryOperator<R> reduction) {
    this.reduction = reduction;
  }

  @Override
  public String getKey(R object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public R put(String key, R object) {
    return reduced.put(key, reduction.apply(object));
  }

  @Override
  public R remove(String key) {
    return reduced.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return reduced.keySet().stream();
  }

  @Override
  public Stream<R> values() {
    return reduced.values().stream();
  }

  @Override
  public R get(String key) {
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
}
