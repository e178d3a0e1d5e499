/**
 * Reads from a PostgreSQL catalog what rows must satisfy, one class for each kind of rule. Begin
 * with {@link dev.schemaversion.runner.postgres.rows.PostgreSqlRowRules}.
 */
package dev.schemaversion.runner.postgres.rows;
