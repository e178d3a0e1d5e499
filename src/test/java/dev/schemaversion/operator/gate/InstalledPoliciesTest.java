package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.operator.reconcile.Events;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The installed policies say how a cluster holds workloads, and a change is reported. */
class InstalledPoliciesTest {
  private static final String API = "/apis/admissionregistration.k8s.io/";

  /** The API server's codes for each binding, and the mode that follows. */
  @EnableKubernetesMockClient(https = false)
  @Nested
  class Modes {
    KubernetesMockServer server;
    KubernetesClient client;

    @ParameterizedTest(name = "rollouts {0}/{1}, pods {2}/{3}, templates {4}: {5}")
    @CsvSource({
      "200, 404, 200, 404, 404, Admission",
      "404, 200, 404, 200, 404, Admission",
      // Both sets, in the middle of an upgrade.
      "200, 404, 200, 404, 200, Admission",
      "404, 404, 404, 404, 200, PodTemplate",
      "200, 404, 404, 404, 200, PodTemplate",
      "404, 404, 404, 404, 404, None",
      "200, 404, 404, 404, 404, None",
      "500, 404, 404, 404, 404, Unknown",
      "404, 403, 404, 404, 404, Unknown",
      "404, 404, 404, 404, 500, Unknown",
      "403, 403, 403, 403, 200, PodTemplate",
      "403, 200, 403, 200, 404, Admission",
    })
    void theBindingsTellTheMode(
        int rollouts, int rolloutsBeta, int pods, int podsBeta, int templates, GateMode mode) {
      answer("v1/mutatingadmissionpolicybindings/schemaversion-hold-rollouts", rollouts);
      answer("v1beta1/mutatingadmissionpolicybindings/schemaversion-hold-rollouts", rolloutsBeta);
      answer("v1/mutatingadmissionpolicybindings/schemaversion-hold-pods", pods);
      answer("v1beta1/mutatingadmissionpolicybindings/schemaversion-hold-pods", podsBeta);
      answer("v1/validatingadmissionpolicybindings/schemaversion-refuse-pods", templates);
      // The default client would retry a failure for 90 seconds.
      var withoutRetries =
          client
              .newClient(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
              .adapt(KubernetesClient.class);

      assertThat(new InstalledPolicies(withoutRetries, GateFixtures.CLOCK).mode()).isEqualTo(mode);
    }

    private void answer(String path, int code) {
      server.expect().get().withPath(API + path).andReturn(code, "{}").always();
    }
  }

  /** The reports of a mode and of its change. */
  @EnableKubernetesMockClient(https = false, crud = true)
  @Nested
  class Reports {
    KubernetesClient client;
    private Instant now = GateFixtures.NOON;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aClusterUpgradeIsReportedByEventAndMetric() {
      client.resource(operator()).create();
      GateFixtures.bind(client, "v1", "Validating", InstalledPolicies.REFUSE_PODS);
      InstantSource source = () -> now;
      var clock = source.withZone(ZoneOffset.UTC);
      var reporter =
          new GateModeReporter(
              client,
              new InstalledPolicies(client, clock),
              new Events(client, clock),
              meters,
              clock);
      reporter.refresh();
      assertThat(shown(GateMode.PodTemplate)).isEqualTo(1);
      assertThat(notes()).singleElement().asString().startsWith("gate mode PodTemplate: ");

      GateFixtures.bindPolicies(client);
      assertThat(shown(GateMode.Admission)).isZero();
      now = now.plus(Duration.ofMinutes(11));

      assertThat(shown(GateMode.Admission)).isEqualTo(1);
      assertThat(shown(GateMode.PodTemplate)).isZero();
      assertThat(notes()).hasSize(2).anyMatch(note -> note.startsWith("gate mode Admission: "));
    }

    private double shown(GateMode mode) {
      return meters.get("schemaversion.gate.mode").tag("mode", mode.name()).gauge().value();
    }

    private List<String> notes() {
      return client
          .events()
          .v1()
          .events()
          .inNamespace(client.getNamespace())
          .list()
          .getItems()
          .stream()
          .map(Event::getNote)
          .toList();
    }

    private Deployment operator() {
      return Serialization.unmarshal(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: schemaversion-operator, namespace: %s, uid: a}
          """
              .formatted(client.getNamespace()),
          Deployment.class);
    }
  }
}
