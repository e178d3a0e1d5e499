package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.operator.reconcile.Events;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A warning is emitted on a labelled workload that nothing holds. */
@EnableKubernetesMockClient(https = false)
class UngatedWorkloadDetectorTest {
  private static final String BINDINGS =
      "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings/";
  private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/glance/events";

  KubernetesMockServer server;
  KubernetesClient client;
  private final List<String> sent = new ArrayList<>();
  private Instant now = GateFixtures.NOON;

  @ParameterizedTest(name = "marked {0}, pods labelled {1} and gated {2}: warning {3}")
  @CsvSource({
    "'', '', '', true",
    "'', 'schemaversion.dev/requires: glance', '', true",
    "'', 'schemaversion.dev/requires: glance', '{name: other}', true",
    // Gated, but without the label: the operator would never release the pods.
    "'', '', '{name: schemaversion.dev/schema}', true",
    "'', 'schemaversion.dev/requires: glance', '{name: schemaversion.dev/schema}', false",
    "'schemaversion.dev/held: glance', '', '', false",
  })
  void aDeploymentThatNothingHoldsGetsAWarning(
      String mark, String label, String gates, boolean warning) throws InterruptedException {
    bindings(404);
    ungated().check(deployment("u", mark, label, gates));

    assertThat(notes()).hasSize(warning ? 1 : 0);
    assertThat(notes())
        .allSatisfy(
            note ->
                assertThat(note)
                    .contains("schedulingGates: [{name: schemaversion.dev/schema}]")
                    .contains("schemaversion.dev/requires")
                    .contains("schemaversion-hold-rollouts"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 403, 500})
  void noWarningIsEmittedIfTheBindingsExistOrCannotBeRead(int code) throws InterruptedException {
    bindings(code);
    ungated().check(deployment("u", "", "", ""));
    ungated().check(pod("2026-03-01T12:00:01Z", "[]"));

    assertThat(notes()).isEmpty();
  }

  @Test
  void theBindingsAreReadOnceAMinute() throws InterruptedException {
    bindings(200);
    var ungated = ungated();
    for (int i = 0; i < 20; i++) {
      ungated.check(deployment("u" + i, "", "", ""));
    }
    assertThat(requests()).hasSize(1);

    now = now.plus(Duration.ofSeconds(61));
    ungated.check(deployment("u", "", "", ""));
    assertThat(requests()).hasSize(2);
  }

  @ParameterizedTest(name = "created {0}, gates {1}: warning {2}")
  @CsvSource({
    "2026-03-01T12:00:00Z, '[]', true",
    "2026-03-01T12:00:00Z, '[{name: other}]', true",
    "2026-03-01T12:00:00Z, '[{name: schemaversion.dev/schema}]', false",
    // An earlier process may have released this pod.
    "2026-03-01T11:59:59Z, '[]', false",
  })
  void aPodThatNeverHadAGateGetsAWarning(String created, String gates, boolean warning)
      throws InterruptedException {
    bindings(404);
    ungated().check(pod(created, gates));

    assertThat(notes()).hasSize(warning ? 1 : 0);
    assertThat(notes()).allSatisfy(note -> assertThat(note).contains("schemaversion-hold-pods"));
  }

  @Test
  void aReleasedPodGetsNoWarning() throws InterruptedException {
    bindings(404);
    var ungated = ungated();
    ungated.check(pod("2026-03-01T12:00:01Z", "[{name: schemaversion.dev/schema}]"));
    ungated.check(pod("2026-03-01T12:00:01Z", "[]"));

    assertThat(notes()).isEmpty();
  }

  private void bindings(int code) {
    for (var name : List.of("schemaversion-hold-rollouts", "schemaversion-hold-pods")) {
      server.expect().get().withPath(BINDINGS + name).andReturn(code, "{}").always();
    }
    server.expect().post().withPath(EVENTS).andReturn(201, "{}").always();
  }

  private UngatedWorkloadDetector ungated() {
    InstantSource source = () -> now;
    var clock = source.withZone(ZoneOffset.UTC);
    // The default client would retry a failure for 90 seconds.
    var clientWithoutRetries =
        client
            .newClient(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
            .adapt(KubernetesClient.class);
    return new UngatedWorkloadDetector(
        new InstalledPolicies(clientWithoutRetries, clock), new Events(client, clock), clock);
  }

  private List<String> notes() throws InterruptedException {
    return requests().stream()
        .filter(request -> request.startsWith("POST"))
        .map(request -> request.substring(4))
        .toList();
  }

  /** Returns all requests so far. */
  private List<String> requests() throws InterruptedException {
    while (server.getRequestCount() > sent.size()) {
      var request = server.takeRequest();
      sent.add(request.getMethod() + request.getUtf8Body());
    }
    return sent;
  }

  private static Deployment deployment(String uid, String mark, String label, String gates) {
    return Serialization.unmarshal(
        """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: registry
        namespace: glance
        uid: %s
        generation: 1
        labels: {schemaversion.dev/requires: glance}
        annotations: {%s}
      spec:
        template:
          metadata: {labels: {%s}, annotations: {schemaversion.dev/min-version: "13"}}
          spec: {schedulingGates: [%s]}
      """
            .formatted(uid, mark, label, gates),
        Deployment.class);
  }

  private static Pod pod(String created, String gates) {
    var pod = GateFixtures.pod(gates);
    pod.getMetadata().setCreationTimestamp(created);
    return pod;
  }
}
