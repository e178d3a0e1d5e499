/**
 * How Flyway is set up for each use: migrating, rehearsing, inspecting, building and stamping.
 * Begin with {@link dev.schemaversion.runner.flyway.setup.FlywayFactory}.
 */
package dev.schemaversion.runner.flyway.setup;
