/**
 * Prometheus metrics, computed from the cached statuses and from the JVM. Begin with {@link
 * dev.schemaversion.operator.metrics.StatusMetrics}.
 */
package dev.schemaversion.operator.metrics;
