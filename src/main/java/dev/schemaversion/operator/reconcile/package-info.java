/**
 * Reconciles SchemaVersions: reads the cluster's state from the caches, lets {@code decide} make a
 * decision, writes the status, and executes the actions. Begin with {@link
 * dev.schemaversion.operator.reconcile.SchemaVersionReconciler}.
 */
package dev.schemaversion.operator.reconcile;
