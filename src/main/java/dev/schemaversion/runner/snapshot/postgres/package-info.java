/**
 * Reads the schemas of a PostgreSQL database into lines, and compares expressions that PostgreSQL
 * deparses in several ways. Begin with {@link
 * dev.schemaversion.runner.snapshot.postgres.PostgresCatalog}.
 */
package dev.schemaversion.runner.snapshot.postgres;
