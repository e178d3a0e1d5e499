package dev.schemaversion.operator.traces;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.decide.ClusterState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Exports a trace for each reconciliation with its Jobs, if an endpoint is set by OpenTelemetry's
 * own variables ({@code OTEL_EXPORTER_OTLP_ENDPOINT}); the others of them apply, too.
 */
@Singleton
public class Traces {
  private final Optional<SpanExport> export;

  @Inject
  Traces() {
    this(
        isConfigured(System.getenv())
            ? Optional.of(SpanExport.fromEnvironment())
            : Optional.empty());
  }

  Traces(Optional<SpanExport> export) {
    this.export = export;
  }

  static boolean isConfigured(Map<String, String> environment) {
    return Stream.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
  }

  /**
   * Exports the spans that end with a status. Returns at once: they are sent in the background.
   *
   * @param cluster the resource with its status before, and its Jobs
   * @param status the status that was written; null if none was
   */
  public void recorded(ClusterState cluster, SchemaVersionStatus status) {
    if (export.isEmpty() || status == null) {
      return;
    }
    var spans = new TracedStatus(cluster.resource(), status, cluster.jobs(), cluster.now()).spans();
    export.get().export(traceOf(cluster.resource()), spans);
  }

  /** All Jobs of one generation of a resource belong to one trace. */
  private static String traceOf(SchemaVersion resource) {
    return resource.getMetadata().getUid() + "/" + resource.getMetadata().getGeneration();
  }
}
