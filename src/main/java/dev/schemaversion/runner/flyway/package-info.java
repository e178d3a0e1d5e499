/**
 * The Flyway library as a {@link dev.schemaversion.runner.proof.MigrationTool}: history table,
 * validation, migrating, stamping, replaying, and recovery of a script that was interrupted. Only
 * this package and the one below it use Flyway. Begin with {@link
 * dev.schemaversion.runner.flyway.FlywayTool}.
 */
package dev.schemaversion.runner.flyway;
