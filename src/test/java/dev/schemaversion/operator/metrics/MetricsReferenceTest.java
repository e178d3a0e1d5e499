package dev.schemaversion.operator.metrics;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.docs.Pages;
import dev.schemaversion.operator.gate.GateMode;
import dev.schemaversion.operator.gate.GateModeReporter;
import dev.schemaversion.operator.queue.JobLimits;
import dev.schemaversion.operator.queue.JobQueue;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
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

  /** What those mean that describe themselves by their names only. */
  private static final Map<String, String> MEANINGS =
      Map.of(
          "custom_resources", "Resources that each controller knows.",
          "events_received_total", "Events that each controller received.",
          "reconciliations_active", "Reconciliations at work.",
          "reconciliations_execution_duration_seconds", "The duration of reconciliations.",
          "reconciliations_execution_duration_seconds_max", "The longest one of the last minutes.",
          "reconciliations_failure_total", "Reconciliations that failed and are tried again.",
          "reconciliations_queue", "Reconciliations that wait for a thread or are at work.",
          "reconciliations_retries_total", "Reconciliations that were tried again.",
          "reconciliations_started_total", "Reconciliations that were submitted.",
          "reconciliations_success_total", "Reconciliations that succeeded.");

  @Test
  void theReferenceOfMetricsIsCurrent() throws Exception {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var resource = Serialization.unmarshal(RESOURCE, SchemaVersion.class);
    var metrics = new Metrics(meters, Clock.systemUTC(), ResourceSeries.All);
    metrics.readFrom(() -> Stream.of(resource));
    metrics.recorded(SchemaVersionStatus.NONE, resource.getStatus());
    new MemoryMetrics(meters).start(null);
    new QueueMetrics(meters, new JobQueue(JobLimits.DEFAULT, Clock.systemUTC())).start(null);
    GateModeReporter.register(meters, () -> GateMode.Admission);
    new Reconciliations(ReconciliationMetrics.of(meters)).reconcile(resource);
    var process = new ProcessMetrics(meters);
    process.start(null);
    // A collection is known after the first one, by a notification.
    System.gc();
    await().until(() -> meters.find("jvm.gc.pause").timer() != null);
    process.stop();

    var families =
        Collections.list(meters.getPrometheusRegistry().metricFamilySamples()).stream()
            .filter(family -> !family.samples.isEmpty())
            // Which phases run beside the program depends on the collector.
            .filter(family -> !family.name.startsWith("jvm_gc_concurrent"))
            .toList();
    Pages.requireCurrent(
        PAGE,
        """
        # Metrics

        <!-- Generated from a scrape by `make reference`; do not edit. -->
        The operator serves them at `:8080/q/metrics`. Only the replica that leads has series of resources; each replica has those of its own process. [Operate](../operate.md#metrics-and-alerts) has alerts that are worth having, and a dashboard.

        ## Resources and Jobs

        %s

        ## The operator itself

        Those of the [Java Operator SDK](https://javaoperatorsdk.io/docs/documentation/observability/) (`reconciliations_…`, `events_…`, `custom_resources`) have a series for each controller, and none for each namespace or resource, because each series takes memory. Those of the JVM and of the process have the names that Micrometer gives them.

        %s
        """
            .formatted(
                table(families, name -> name.startsWith("schemaversion_")),
                table(families, name -> !name.startsWith("schemaversion_"))));
  }

  private static String table(List<MetricFamilySamples> families, Predicate<String> which) {
    return families.stream()
        .filter(family -> which.test(name(family)))
        .map(MetricsReferenceTest::row)
        .sorted()
        .collect(joining("\n", "| metric | type | labels | meaning |\n|---|---|---|---|\n", ""));
  }

  private static String row(MetricFamilySamples family) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            name(family),
            family.type.name().toLowerCase(Locale.ROOT),
            labels(family).map(label -> "`" + label + "`").collect(joining(", ")),
            MEANINGS.getOrDefault(name(family), family.help.strip()));
  }

  /** The registry leaves out the end of a counter's name. */
  private static String name(MetricFamilySamples family) {
    return family.type == Collector.Type.COUNTER ? family.samples.getFirst().name : family.name;
  }

  /** Without the one of a histogram's buckets, which all histograms have. */
  private static Stream<String> labels(MetricFamilySamples family) {
    return family.samples.getFirst().labelNames.stream().filter(label -> !label.equals("le"));
  }
}
