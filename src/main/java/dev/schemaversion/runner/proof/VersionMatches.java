package dev.schemaversion.runner.proof;

import java.util.List;

/**
 * The versions that a schema matches best.
 *
 * @param equal those whose schema it equals
 * @param nearest the one from which the fewest objects differ; null if none was compared
 * @param fewest how many differ from that one
 */
record VersionMatches(List<String> equal, String nearest, int fewest) {
  /** No version was compared. */
  static final VersionMatches NONE = new VersionMatches(List.of(), null, Integer.MAX_VALUE);

  /** How many objects differ from the nearest version; null if none was compared. */
  Integer nearestDifferences() {
    return nearest == null ? null : fewest;
  }

  /**
   * Whether it equals none, and is nearer to another version than to one with these differences.
   */
  boolean areNearer(int differences) {
    return equal.isEmpty() && nearest != null && fewest < differences;
  }
}
