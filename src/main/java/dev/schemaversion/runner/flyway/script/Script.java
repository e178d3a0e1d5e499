package dev.schemaversion.runner.flyway.script;

import org.flywaydb.core.api.MigrationVersion;

/**
 * One SQL file that Flyway runs.
 *
 * @param file its path below the location, as Flyway's history names it
 * @param version null for a repeatable migration and for a callback
 * @param description as Flyway reads it from the file name; null for a callback without one
 * @param sql its text
 * @param configuration the text of its own configuration file, or null
 */
public record Script(
    Kind kind,
    String file,
    MigrationVersion version,
    String description,
    String sql,
    String configuration) {

  /** When Flyway runs a file. */
  public enum Kind {
    /** Once, in the order of the versions. */
    VERSIONED,
    /** In place of all versioned migrations up to its version, on an empty database. */
    BASELINE,
    /** After the versioned migrations, whenever its content has changed. */
    REPEATABLE,
    /** Around the migrations, in each run. */
    CALLBACK
  }
}
