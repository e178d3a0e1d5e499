package dev.schemaversion.operator;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the last that were put in, so that memory has a bound. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
  private final int most;

  Recent(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
