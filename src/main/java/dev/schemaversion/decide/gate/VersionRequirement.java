package dev.schemaversion.decide.gate;

/**
 * A SchemaVersion that a workload requires, and the versions on which the workload runs.
 *
 * @param name the SchemaVersion's name, in the workload's namespace
 * @param min the lowest version as written in the annotation, possibly malformed, or null
 * @param max the highest version as written in the annotation, possibly malformed, or null
 */
public record VersionRequirement(String name, String min, String max) {
  /** Returns the versions as text, such as {@code 13} or {@code 13-15}; null without a minimum. */
  String range() {
    return Verdict.shortened(min == null || max == null ? min : min + "-" + max);
  }
}
