package dev.schemaversion.e2e.matrix;

/** What a workload needs of a database whose migrations end at 13. */
enum Need {
  /** It is satisfied once the database is there, and not before. */
  SATISFIED("13"),
  /** It never is. */
  UNSATISFIED("14");

  /** What every database of the table is to be at. */
  static final String THERE = "13";

  private final String version;

  Need(String version) {
    this.version = version;
  }

  /** The version that it needs at least. */
  String version() {
    return version;
  }
}
