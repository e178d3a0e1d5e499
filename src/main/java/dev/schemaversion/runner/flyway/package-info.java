/**
 * The Flyway library as a {@link dev.schemaversion.runner.proof.MigrationTool}: validating,
 * migrating, stamping, replaying, and recovery of a script that was interrupted. Only this package
 * and those below it use Flyway. Begin with {@link dev.schemaversion.runner.flyway.FlywayTool};
 * {@link dev.schemaversion.runner.flyway.Chains} are the ways to a version, and {@link
 * dev.schemaversion.runner.flyway.FlywayReplay} builds them.
 */
package dev.schemaversion.runner.flyway;
