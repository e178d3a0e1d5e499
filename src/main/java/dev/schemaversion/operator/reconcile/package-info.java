/** How reconciliations are scheduled. */
package dev.schemaversion.operator.reconcile;
