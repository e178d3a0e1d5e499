package dev.schemaversion.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.Action;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is sent, word for word: the mock server lays a merge patch over its objects otherwise than
 * the API server does (it joins lists and keeps null).
 */
@EnableKubernetesMockClient
class MergePatchesTest {
  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void aReleaseTakesPauseAndMarkOutOfTheObjectThatWasJudged() throws InterruptedException {
    var deployment = Serialization.unmarshal(WorkloadReconcilerTest.HELD, Deployment.class);
    deployment.getMetadata().setResourceVersion("7");
    var sent =
        sent(
            "/apis/apps/v1/namespaces/glance/deployments/registry",
            deployment,
            () ->
                new WorkloadReconciler(client, events())
                    .reconcile(
                        deployment,
                        WorkloadReconcilerTest.context(WorkloadReconcilerTest.AT_THIRTEEN)));

    assertThat(sent)
        .isEqualTo(
            yaml(
                """
                metadata: {resourceVersion: "7", annotations: {schemaversion.dev/held: null}}
                spec: {paused: null}
                """));
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
  void theFinalizerIsTakenOffAndOthersStay() throws InterruptedException {
    assertThat(sentFor(List.of(Names.FINALIZER, "other"), new Action.RemoveFinalizer()))
        .isEqualTo(yaml("metadata: {resourceVersion: '7', finalizers: [other]}"));
  }

  private JsonNode sentFor(List<String> finalizers, Action action) throws InterruptedException {
    var resource = Serialization.unmarshal(WorkloadReconcilerTest.AT_THIRTEEN, SchemaVersion.class);
    resource.getMetadata().setResourceVersion("7");
    resource.getMetadata().setFinalizers(finalizers);
    return sent(
        "/apis/schemaversion.dev/v1alpha1/namespaces/glance/schemaversions/glance",
        resource,
        () -> new Applier(client, events()).apply(List.of(action), resource, null));
  }

  private JsonNode sent(String path, Object answer, Runnable doing) throws InterruptedException {
    // The client asks for the object before it patches it.
    server.expect().get().withPath(path).andReturn(200, answer).once();
    server.expect().patch().withPath(path).andReturn(200, answer).once();
    doing.run();
    assertThat(server.takeRequest().getMethod()).isEqualTo("GET");
    var request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("PATCH");
    assertThat(request.getHeader("Content-Type")).startsWith("application/merge-patch+json");
    return yaml(request.getUtf8Body());
  }

  private Events events() {
    return new Events(client, Clock.systemUTC());
  }

  private static JsonNode yaml(String text) {
    return Serialization.unmarshal(text, JsonNode.class);
  }
}
