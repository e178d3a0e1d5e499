package dev.schemaversion.runner.snapshot;

import java.util.Set;

/**
 * The objects that a comparison leaves out on both sides.
 *
 * @param keys these objects
 * @param relations the names of tables and views; what is in them is left out too
 */
public record LeftOut(Set<Line.Key> keys, Set<String> relations) {
  /** Nothing is left out. */
  public static final LeftOut NOTHING = new LeftOut(Set.of(), Set.of());

  /** Copies the sets. */
  public LeftOut {
    keys = Set.copyOf(keys);
    relations = Set.copyOf(relations);
  }

  /** Whether this object is left out. */
  boolean covers(Line line) {
    return keys.contains(line.key()) || relations.contains(line.within());
  }

  /** Whether nothing is left out. */
  public boolean isEmpty() {
    return keys.isEmpty() && relations.isEmpty();
  }
}
