/**
 * Migrates with Flyway: the history table, its validation, migrating, stamping and replaying. The
 * only package that uses Flyway. Begin with {@link dev.schemaversion.runner.flyway.FlywayFactory}.
 */
package dev.schemaversion.runner.flyway;
