/**
 * Flyway's history table: reading it, comparing it with the scripts, and changing its rows. Begin
 * with {@link dev.schemaversion.runner.flyway.history.HistoryTable}.
 */
package dev.schemaversion.runner.flyway.history;
