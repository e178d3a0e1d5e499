package dev.schemaversion.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The SDK's metrics count reconciliations, and have no series for each resource. */
class ReconciliationMetricsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void reconciliationsAreCountedByController() throws Exception {
    new Reconciliations(ReconciliationMetrics.of(meters)).reconcile(resource("one"));

    assertThat(count("reconciliations.started.total")).isEqualTo(2);
    assertThat(count("reconciliations.failure.total")).isEqualTo(1);
    assertThat(count("reconciliations.success.total")).isEqualTo(1);
    assertThat(count("reconciliations.retries.total")).isEqualTo(1);
    assertThat(meters.get("reconciliations.execution.duration").timer().count()).isEqualTo(2);
    assertThat(meters.get("reconciliations.queue").gauge().value()).isZero();
  }

  @Test
  void moreResourcesAddNoSeries() throws Exception {
    var reconciliations = new Reconciliations(ReconciliationMetrics.of(meters));
    reconciliations.reconcile(resource("one"));
    var series = meters.getMeters().stream().map(Meter::getId).toList();

    reconciliations.reconcile(resource("two"));

    assertThat(meters.getMeters().stream().map(Meter::getId).toList())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(series);
  }

  @Test
  void anExceptionIsThrownAsItIsAndItsExecutionIsTimed() {
    var reconciliations = new Reconciliations(ReconciliationMetrics.of(meters));
    for (var exception : List.of(new KubernetesClientException("conflict"), new IOException("x"))) {
      assertThatThrownBy(() -> reconciliations.fail(resource("one"), exception))
          .isSameAs(exception);
    }
    assertThat(meters.get("reconciliations.execution.duration").timer().count()).isEqualTo(2);
  }

  private double count(String name) {
    return meters.get(name).tag("controller.name", Reconciliations.CONTROLLER).counter().count();
  }

  private static SchemaVersion resource(String name) {
    return Serialization.unmarshal(
        "metadata: {namespace: %s, name: %s}".formatted(name, name), SchemaVersion.class);
  }
}
