package dev.schemaversion.decide.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps one instance of each value, so that millions of states share what is equal in them. */
final class Pool {
  private final Map<Object, Ref<?>> refs = new HashMap<>();
  private final List<Ref<?>> inOrder = new ArrayList<>();

  /** A value that is compared by who it is, which is the same here as what it is. */
  static final class Ref<T> {
    final T value;
    private final int id;

    private Ref(T value, int id) {
      this.value = value;
      this.id = id;
    }

    int id() {
      return id;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      // A multiplicative hash: numbers in a row would fall into the same places of the tables.
      return id * 0x9E3779B9;
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
      known = new Ref<>(value, inOrder.size());
      refs.put(value, known);
      inOrder.add(known);
    }
    return (Ref<T>) known;
  }

  /** The value with this number, which is of the type that was put there. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> Ref<T> get(int id) {
    return (Ref<T>) inOrder.get(id);
  }
}
