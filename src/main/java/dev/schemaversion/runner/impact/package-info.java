/**
 * What pending migrations do to the tables that programs use meanwhile: which locks they take, and
 * which tables they rewrite or scan. Begin with {@link
 * dev.schemaversion.runner.impact.ImpactReport}; the engines observe the statements of the
 * rehearsal.
 */
package dev.schemaversion.runner.impact;
