package dev.schemaversion.operator.watch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map with a limit of entries, which evicts the least recently used one.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class BoundedLruMap<K, V> extends LinkedHashMap<K, V> {
  private static final float LOAD_FACTOR = 0.75f;

  private final int maxEntries;

  /**
   * Creates an empty map.
   *
   * @param maxEntries the limit of entries
   */
  public BoundedLruMap(int maxEntries) {
    super(16, LOAD_FACTOR, true);
    this.maxEntries = maxEntries;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > maxEntries;
  }
}
