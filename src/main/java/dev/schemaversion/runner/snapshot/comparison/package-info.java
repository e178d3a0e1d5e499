/**
 * Compares two snapshots object by object. Begin with {@link
 * dev.schemaversion.runner.snapshot.comparison.Comparison}.
 */
package dev.schemaversion.runner.snapshot.comparison;
