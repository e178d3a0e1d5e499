/** PostgreSQL: its sessions, catalog and locks, and scratch databases of it. */
package dev.schemaversion.runner.postgres;
