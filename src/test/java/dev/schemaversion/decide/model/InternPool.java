package dev.schemaversion.decide.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Interns values, so that millions of states share their equal parts. */
final class InternPool {
  private final Map<Object, Ref<?>> refs = new HashMap<>();
  private final List<Ref<?>> inOrder = new ArrayList<>();

  /** An interned value; identity is equality. */
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
      // A multiplicative hash, because consecutive numbers would cluster in the hash tables.
      return id * 0x9E3779B9;
    }

    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /** Returns the only instance of a value. */
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

  /** Returns the value with this number; the caller knows its type. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> Ref<T> get(int id) {
    return (Ref<T>) inOrder.get(id);
  }
}
