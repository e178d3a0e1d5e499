/** Observes on PostgreSQL what statements do to tables. */
package dev.schemaversion.runner.postgres.impact;
