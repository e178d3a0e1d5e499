/**
 * The PostgreSQL engine: its sessions, catalog and locks. Begin with {@link
 * dev.schemaversion.runner.postgres.PostgreSql}. The sub-packages create scratch databases, clone
 * schemas, observe statements, and read what rows must satisfy.
 */
package dev.schemaversion.runner.postgres;
