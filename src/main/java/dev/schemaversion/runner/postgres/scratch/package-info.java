/**
 * Creates databases on the PostgreSQL scratch server with the roles, settings and extensions of the
 * real one. Begin with {@link dev.schemaversion.runner.postgres.scratch.Scratch}.
 */
package dev.schemaversion.runner.postgres.scratch;
