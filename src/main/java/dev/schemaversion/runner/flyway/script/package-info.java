/**
 * Flyway scripts: file names and versions, parsing, checking before anything runs, and what is done
 * around each script while it runs. Begin with {@link
 * dev.schemaversion.runner.flyway.script.MigrationFiles}.
 */
package dev.schemaversion.runner.flyway.script;
