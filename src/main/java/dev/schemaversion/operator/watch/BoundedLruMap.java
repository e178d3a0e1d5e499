package dev.schemaversion.operator.watch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that drops the entry used least recently when it has more than so many.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class BoundedLruMap<K, V> extends LinkedHashMap<K, V> {
  private static final float LOAD_FACTOR = 0.75f;

  private final int most;

  /**
   * An empty map.
   *
   * @param most how many entries it may have
   */
  public BoundedLruMap(int most) {
    super(16, LOAD_FACTOR, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
