/**
 * Prometheus metrics: of the resources, computed from the cached statuses, and of the operator
 * itself. Begin with {@link dev.schemaversion.operator.metrics.StatusMetrics}.
 */
package dev.schemaversion.operator.metrics;
