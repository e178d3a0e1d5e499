/**
 * Copies the schema of the real PostgreSQL database to the scratch server, with {@code pg_dump}.
 * Begin with {@link dev.schemaversion.runner.postgres.clone.SchemaClone}.
 */
package dev.schemaversion.runner.postgres.clone;
