package dev.schemaversion.e2e.bench;

/** A way to migrate a database before the program that needs it starts. */
enum Way {
  /** A Job with Flyway; when it is complete, the Deployment is applied. The others' reference. */
  JOB("job", "Flyway Job, then the Deployment"),
  /** An init container with Flyway in the Deployment. */
  INIT("init", "init container"),
  /** A hook Job with Flyway in a chart of Helm 3. */
  HELM3("helm3", "Helm 3 hook"),
  /** The same in Helm 4. */
  HELM4("helm4", "Helm 4 hook"),
  /** A SchemaVersion that proves where the database starts. */
  ON_BASELINE("on-baseline", "SchemaVersion, OnBaseline"),
  /** A SchemaVersion that rehearses, and proves the result too. */
  ALWAYS("always", "SchemaVersion, Always");

  private final String id;
  private final String title;

  Way(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Returns its name in options and files. */
  String id() {
    return id;
  }

  /** Returns its name for people. */
  String title() {
    return title;
  }
}
