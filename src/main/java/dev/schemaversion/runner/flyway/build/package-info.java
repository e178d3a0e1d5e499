/**
 * Building schemas on the scratch server: the ways from an empty database to a version, and what
 * each version looks like. Begin with {@link dev.schemaversion.runner.flyway.build.Chains}, then
 * read {@link dev.schemaversion.runner.flyway.build.FlywayReplay}.
 */
package dev.schemaversion.runner.flyway.build;
