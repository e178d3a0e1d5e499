/** Prometheus metrics, computed from the cached statuses and from the JVM. */
package dev.schemaversion.operator.metrics;
