package dev.schemaversion.decide.model;

import java.util.HashMap;
import java.util.Map;

/** Keeps one instance of each value, so that millions of states share what is equal in them. */
final class Pool {
  private final Map<Object, Ref<?>> refs = new HashMap<>();

  /** A value that is compared by who it is, which is the same here as what it is. */
  static final class Ref<T> {
    final T value;
    private final int number;

    private Ref(T value, int number) {
      this.value = value;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return number;
    }

    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /** The only instance of what equals this value. */
  @SuppressWarnings("unchecked")
  <T> Ref<T> of(T value) {
    var known = refs.get(value);
    if (known == null) {
      // A multiplicative hash: numbers in a row would fall into the same places of the tables.
      known = new Ref<>(value, (refs.size() + 1) * 0x9E3779B9);
      refs.put(value, known);
    }
    return (Ref<T>) known;
  }
}
