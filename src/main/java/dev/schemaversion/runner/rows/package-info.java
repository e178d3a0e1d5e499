/**
 * What the rows of the real database will do to the pending migrations: the constraints that are
 * new after a rehearsal, and the rows that stand against them. Begin with {@link
 * dev.schemaversion.runner.rows.RowCheck}; {@link dev.schemaversion.runner.rows.RowRulesReader} is
 * the engines' part.
 */
package dev.schemaversion.runner.rows;
