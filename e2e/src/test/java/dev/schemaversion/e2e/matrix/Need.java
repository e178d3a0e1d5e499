package dev.schemaversion.e2e.matrix;

/** What a workload requires of a database whose migrations end at version 13. */
enum Need {
  /** Satisfied as soon as the database is migrated. */
  SATISFIED("13"),
  /** Never satisfied. */
  UNSATISFIED("14");

  /** The wanted version of every database of the matrix. */
  static final String THERE = "13";

  private final String version;

  Need(String version) {
    this.version = version;
  }

  /** Returns the minimum version. */
  String version() {
    return version;
  }
}
