/**
 * Reading a schema into lines, and telling two such readings apart.
 *
 * <p>A snapshot is a claim's evidence: what is not in it can differ unseen, and what is in it
 * without meaning would refuse databases that are as they should be. What counts is in {@code
 * lines.sql}; what is only told is in {@code notes.sql}.
 */
package dev.schemaversion.runner.snapshot;
