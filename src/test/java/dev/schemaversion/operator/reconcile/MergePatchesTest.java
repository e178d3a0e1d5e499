package dev.schemaversion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.Action;
import dev.schemaversion.operator.gate.GateFixtures;
import dev.schemaversion.operator.gate.WorkloadReconcilerTest;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bodies of merge patches. They are asserted as requests, because the mock server merges them
 * differently from the API server (it joins lists and keeps null).
 */
@EnableKubernetesMockClient(https = false)
class MergePatchesTest {
  private static final String POD = "/api/v1/namespaces/glance/pods/registry-0";
  private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/glance/events";

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void aReleaseRemovesPauseAndMarkFromTheVersionThatWasRead() throws InterruptedException {
    var deployment = Serialization.unmarshal(WorkloadReconcilerTest.HELD, Deployment.class);
    deployment.getMetadata().setResourceVersion("7");
    var path = "/apis/apps/v1/namespaces/glance/deployments/registry";
    server.expect().patch().withPath(path).andReturn(200, deployment).once();

    GateFixtures.workloadReconciler(client)
        .reconcile(deployment, GateFixtures.context(GateFixtures.AT_THIRTEEN));

    assertThat(patched())
        .isEqualTo(
            yaml(
                """
                metadata: {resourceVersion: "7", annotations: {schemaversion.dev/held: null}}
                spec: {paused: null}
                """));
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "'[{name: schemaversion.dev/schema}]', 'null'",
    "'[{name: schemaversion.dev/schema}, {name: schemaversion.dev/schema.keystone}]', 'null'",
    "'[{name: b}, {name: schemaversion.dev/schema}, {name: a}]', '[{name: b}, {name: a}]'",
    "'[{name: schemaversion.dev/schema.keystone}, {name: schemaversion.dev/schemas}]', '[{name: schemaversion.dev/schemas}]'",
  })
  void aReleaseRemovesOurGatesAndKeepsOthersInTheirOrder(String gates, String remaining)
      throws InterruptedException {
    var pod = GateFixtures.pod(gates);
    pod.getMetadata().setResourceVersion("7");
    server.expect().patch().withPath(POD).andReturn(200, pod).once();

    GateFixtures.podReconciler(client)
        .reconcile(pod, GateFixtures.context(GateFixtures.AT_THIRTEEN));

    assertThat(patched())
        .isEqualTo(
            yaml(
                "metadata: {resourceVersion: '7'}\nspec: {schedulingGates: %s}"
                    .formatted(remaining)));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void aReleaseWithAConflictWaitsForTheNextEvent(int code) {
    var pod = GateFixtures.pod("[{name: schemaversion.dev/schema}]");
    server.expect().patch().withPath(POD).andReturn(code, null).once();

    GateFixtures.podReconciler(client)
        .reconcile(pod, GateFixtures.context(GateFixtures.AT_THIRTEEN));

    // No retry from the same cache, and no Event.
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 422})
  void aRejectedReleaseEmitsAnEventAndIsRetried(int code) throws InterruptedException {
    var pod = GateFixtures.pod("[{name: schemaversion.dev/schema}]");
    server.expect().patch().withPath(POD).andReturn(code, null).once();
    server.expect().post().withPath(EVENTS).andReturn(201, null).once();

    assertThatThrownBy(
            () ->
                GateFixtures.podReconciler(client)
                    .reconcile(pod, GateFixtures.context(GateFixtures.AT_THIRTEEN)))
        .isInstanceOf(KubernetesClientException.class);

    server.takeRequest();
    assertThat(server.takeRequest().getUtf8Body()).contains("\"reason\":\"ReleaseRefused\"");
  }

  @Test
  void theFinalizerIsAddedToTheOthers() throws InterruptedException {
    assertThat(sentFor(List.of("other"), new Action.AddFinalizer()))
        .isEqualTo(
            yaml(
                "metadata: {resourceVersion: '7', finalizers: [other, %s]}"
                    .formatted(Names.FINALIZER)));
  }

  @Test
  void theFinalizerIsRemovedAndOthersRemain() throws InterruptedException {
    server
        .expect()
        .get()
        .withPath(
            "/apis/batch/v1/namespaces/glance/jobs?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dschemaversion-operator%2Cschemaversion.dev%2Fresource%3Dglance")
        .andReturn(200, new JobList())
        .once();

    assertThat(sentFor(List.of(Names.FINALIZER, "other"), new Action.RemoveFinalizer()))
        .isEqualTo(yaml("metadata: {resourceVersion: '7', finalizers: [other]}"));
  }

  private JsonNode sentFor(List<String> finalizers, Action action) throws InterruptedException {
    var resource = Serialization.unmarshal(GateFixtures.AT_THIRTEEN, SchemaVersion.class);
    resource.getMetadata().setResourceVersion("7");
    resource.getMetadata().setFinalizers(finalizers);
    return sent(
        "/apis/schemaversion.dev/v1alpha1/namespaces/glance/schemaversions/glance",
        resource,
        () ->
            ActionExecutorFixture.executor(client, Clock.systemUTC())
                .execute(List.of(action), resource, null));
  }

  private JsonNode sent(String path, Object response, Runnable call) throws InterruptedException {
    // The client reads the object before it sends the patch.
    server.expect().get().withPath(path).andReturn(200, response).once();
    server.expect().patch().withPath(path).andReturn(200, response).once();
    call.run();
    assertThat(server.takeRequest().getMethod()).isEqualTo("GET");
    return patched();
  }

  private JsonNode patched() throws InterruptedException {
    var request = server.takeRequest();
    while (request.getMethod().equals("GET")) {
      request = server.takeRequest();
    }
    assertThat(request.getMethod()).isEqualTo("PATCH");
    assertThat(request.getHeader("Content-Type")).startsWith("application/merge-patch+json");
    return yaml(request.getUtf8Body());
  }

  private static JsonNode yaml(String text) {
    return Serialization.unmarshal(text, JsonNode.class);
  }
}
