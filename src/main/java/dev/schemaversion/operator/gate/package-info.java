/**
 * Releases held workloads: watches labelled Deployments and pods, and removes the hold from those
 * whose requirements are satisfied. The admission policies in {@code deploy/} set the hold. Begin
 * with {@link dev.schemaversion.operator.gate.WorkloadReconciler}.
 */
package dev.schemaversion.operator.gate;
