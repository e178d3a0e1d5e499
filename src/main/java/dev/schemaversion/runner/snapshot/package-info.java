/**
 * Reads a schema into a snapshot of comparable lines. Begin with {@link
 * dev.schemaversion.runner.snapshot.SnapshotReader}, then read {@link
 * dev.schemaversion.runner.snapshot.Snapshot}.
 *
 * <p>A snapshot is the evidence for a claim. A property that is missing from it can differ without
 * notice; a property without meaning would reject correct databases. For PostgreSQL, {@code
 * lines.sql} selects what counts, and {@code notes.sql} selects what is reported without counting.
 */
package dev.schemaversion.runner.snapshot;
