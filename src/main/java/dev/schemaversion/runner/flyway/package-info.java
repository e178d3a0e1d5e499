/**
 * The Flyway library as a {@link dev.schemaversion.runner.proof.MigrationTool}: validating,
 * migrating, stamping, and recovery of a script that was interrupted. Only this package and those
 * below it use Flyway. Begin with {@link dev.schemaversion.runner.flyway.FlywayTool}; {@link
 * dev.schemaversion.runner.flyway.build.Chains} are the ways to a version, and {@link
 * dev.schemaversion.runner.flyway.build.FlywayReplay} builds them.
 */
package dev.schemaversion.runner.flyway;
