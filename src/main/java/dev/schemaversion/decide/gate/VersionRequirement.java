package dev.schemaversion.decide.gate;

/**
 * One SchemaVersion that a workload needs, and the versions it runs on.
 *
 * @param name the SchemaVersion's name, in the workload's namespace
 * @param min the lowest version, as it is written, well-formed or not, or null
 * @param max the highest version, as it is written, well-formed or not, or null
 */
public record VersionRequirement(String name, String min, String max) {
  /** The versions in few words: {@code 13} or {@code 13-15}; null where it says nothing. */
  String range() {
    return Verdict.shortened(min == null || max == null ? min : min + "-" + max);
  }
}
