/**
 * Which rows of the real database a clone gets. Begin with {@link
 * dev.schemaversion.runner.scratch.rows.RowCopy}; the engines do the copying.
 */
package dev.schemaversion.runner.scratch.rows;
