/**
 * The PostgreSQL engine: its sessions, catalog and locks. Begin with {@link
 * dev.schemaversion.runner.postgres.PostgreSql}. The sub-packages create scratch databases and
 * clone schemas.
 */
package dev.schemaversion.runner.postgres;
