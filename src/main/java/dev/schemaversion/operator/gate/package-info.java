/**
 * Holds and releases workloads: watches labelled Deployments and pods, and removes the hold from
 * those whose requirements are satisfied. Begin with {@link dev.schemaversion.operator.gate.Gate}.
 */
package dev.schemaversion.operator.gate;
