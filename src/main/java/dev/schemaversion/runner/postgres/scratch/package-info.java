/**
 * Creates databases on the PostgreSQL scratch server that are set up like the real one: roles,
 * settings, extensions. Begin with {@link dev.schemaversion.runner.postgres.scratch.Scratch}.
 */
package dev.schemaversion.runner.postgres.scratch;
