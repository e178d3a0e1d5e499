/**
 * OpenTelemetry traces of reconciliations and their Jobs. Nothing of OpenTelemetry is loaded unless
 * an endpoint is set. Begin with {@link dev.schemaversion.operator.traces.Traces}.
 */
package dev.schemaversion.operator.traces;
