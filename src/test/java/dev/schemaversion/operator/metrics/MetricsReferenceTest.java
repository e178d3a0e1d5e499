package dev.schemaversion.operator.metrics;

import static java.util.stream.Collectors.joining;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.docs.Pages;
import dev.schemaversion.operator.gate.GateMode;
import dev.schemaversion.operator.gate.GateModeReporter;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/metrics.md is made from a scrape. */
// Quarkus still has the older of Micrometer's two registries for Prometheus.
@SuppressWarnings("deprecation")
class MetricsReferenceTest {
  private static final Path PAGE = Path.of("docs", "reference", "metrics.md");

  private static final String RESOURCE =
      """
      metadata: {namespace: glance, name: glance}
      spec: {version: "13"}
      status:
        version: "13"
        conditions: [{type: Synced, status: "True", reason: Synced}]
        proof: {differences: 0}
        history: [{job: glance-sync-1, step: sync, reason: Succeeded, seconds: 1.5}]
      """;

  @Test
  void theReferenceOfMetricsIsCurrent() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var resource = Serialization.unmarshal(RESOURCE, SchemaVersion.class);
    var metrics = new Metrics(meters, Clock.systemUTC());
    metrics.readFrom(() -> Stream.of(resource));
    metrics.recorded(SchemaVersionStatus.NONE, resource.getStatus());
    new MemoryMetrics(meters).start(null);
    GateModeReporter.register(meters, () -> GateMode.Admission);

    Pages.requireCurrent(
        PAGE,
        """
        # Metrics

        <!-- Generated from a scrape by `make reference`; do not edit. -->
        The operator serves them at `:8080/q/metrics`. Only the replica that leads has series of resources; each replica has those of its own process. There are no metrics of the JVM or of HTTP beside them: each series takes memory. [Operate](../operate.md#metrics-and-alerts) has alerts that are worth having.

        | metric | type | labels | meaning |
        |---|---|---|---|
        %s
        """
            .formatted(
                Collections.list(meters.getPrometheusRegistry().metricFamilySamples()).stream()
                    .filter(family -> !family.samples.isEmpty())
                    .map(
                        family ->
                            "| `%s` | %s | %s | %s |"
                                .formatted(
                                    family.name,
                                    family.type.name().toLowerCase(Locale.ROOT),
                                    family.samples.getFirst().labelNames.stream()
                                        .map(label -> "`" + label + "`")
                                        .collect(joining(", ")),
                                    family.help))
                    .sorted()
                    .collect(joining("\n"))));
  }
}
