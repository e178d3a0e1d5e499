package dev.schemaversion.operator.traces;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.fromEmpty;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.unclaimed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.SimulatedCluster;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reconciliation is a trace: its Jobs, the start of each pod, and each run. */
class TracesTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final InMemorySpanExporter exported = InMemorySpanExporter.create();

  @Test
  void aReconciliationHasItsJobWithTheStartOfThePodAndTheRun() {
    record(exported, succeeded());

    var spans = exported.getFinishedSpanItems();
    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly("sync", "pod start", "run", "reconcile");
    var root = named("reconcile");
    var job = named("sync");
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(root.getTraceId());
    assertThat(root.getParentSpanContext().isValid()).isFalse();
    assertThat(job.getParentSpanId()).isEqualTo(root.getSpanId());
    assertThat(named("run").getParentSpanId()).isEqualTo(job.getSpanId());
    assertThat(named("pod start").getParentSpanId()).isEqualTo(job.getSpanId());
    assertThat(attributes(job))
        .containsEntry("k8s.namespace.name", "glance")
        .containsEntry("schemaversion.name", "glance")
        .containsEntry("schemaversion.version", "13")
        .containsEntry("schemaversion.reason", "Succeeded")
        .containsKey("k8s.job.name");
  }

  @Test
  void eachSpanIsInsideItsParent() {
    record(exported, succeeded());

    var job = named("sync");
    for (var name : List.of("pod start", "run")) {
      assertThat(named(name).getStartEpochNanos()).isGreaterThanOrEqualTo(job.getStartEpochNanos());
      assertThat(named(name).getEndEpochNanos()).isLessThanOrEqualTo(job.getEndEpochNanos());
    }
    assertThat(named("reconcile").getStartEpochNanos())
        .isLessThanOrEqualTo(job.getStartEpochNanos());
  }

  @Test
  void aFailureIsAnErrorWithItsMessage() {
    record(
        exported,
        unclaimed()
            .settle()
            .starts()
            .later(A_MINUTE)
            .ends(fromEmpty(failed(Step.SYNC, Outcome.LOCK_TIMEOUT))));

    assertThat(named("sync").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(named("sync").getStatus().getDescription()).isNotBlank();
    assertThat(exported.getFinishedSpanItems())
        .as("it is retried, so the reconciliation goes on")
        .noneMatch(span -> span.getName().equals("reconcile"));
  }

  @Test
  void aStatusThatRecordsNothingNewEndsNoSpan() {
    record(exported, succeeded().settle());
    record(exported, unclaimed());

    assertThat(exported.getFinishedSpanItems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, http://collector:4318, true",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://collector:4318/v1/traces, true",
    "OTEL_EXPORTER_OTLP_ENDPOINT, '', false",
    "OTEL_SERVICE_NAME, schemaversion, false",
  })
  void onlyAnEndpointTurnsItOn(String variable, String value, boolean on) {
    assertThat(Traces.isConfigured(Map.of(variable, value))).isEqualTo(on);
  }

  @Test
  void aCollectorReceivesThem() throws IOException {
    var received = new CopyOnWriteArrayList<String>();
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try (var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint("http://localhost:" + collector.getAddress().getPort() + "/v1/traces")
            .build()) {
      record(exporter, succeeded());
      await()
          .until(
              () ->
                  received.stream().anyMatch(body -> body.contains("reconcile"))
                      && received.stream().anyMatch(body -> body.contains("k8s.job.name")));
    } finally {
      collector.stop(0);
    }
  }

  private static SimulatedCluster succeeded() {
    return unclaimed()
        .settle()
        .later(A_MINUTE)
        .starts()
        .later(A_MINUTE)
        .ends(fromEmpty(synced("13", 13)))
        .later(A_MINUTE);
  }

  private static void record(SpanExporter exporter, SimulatedCluster cluster) {
    var export =
        SpanExport.to(provider -> provider.addSpanProcessor(SimpleSpanProcessor.create(exporter)));
    var observed = cluster.observed();
    new Traces(Optional.of(export)).recorded(observed, Decide.next(observed).status());
  }

  private SpanData named(String name) {
    return exported.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> attributes(SpanData span) {
    var attributes = new TreeMap<String, String>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value.toString()));
    return attributes;
  }
}
