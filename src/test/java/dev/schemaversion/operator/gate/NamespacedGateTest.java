package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.operator.watch.EventSources;
import dev.schemaversion.operator.watch.NamespacedRequests;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In several watched namespaces, the controllers of the gate list and watch each by itself. */
@EnableKubernetesMockClient(https = false, crud = true)
class NamespacedGateTest {
  private static final Set<String> WATCHED = Set.of("orders", "billing");

  /** The mock server sets the generation of what it creates. */
  private static final String AT_THIRTEEN =
      GateFixtures.AT_THIRTEEN
          .replace("generation: 4", "generation: 1")
          .replace("observedGeneration: 4", "observedGeneration: 1");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  KubernetesMockServer server;
  KubernetesClient client;
  private Operator operator;

  @AfterEach
  void stop() {
    operator.stop();
  }

  @Test
  void workloadsOfEachNamespaceAreReleasedByItsOwnSchemaVersions() throws Exception {
    for (var namespace : Set.of("orders", "billing", "elsewhere")) {
      client.resource(in(namespace, AT_THIRTEEN, SchemaVersion.class)).create();
      client.resource(in(namespace, WorkloadReconcilerTest.HELD, Deployment.class)).create();
    }
    NamespacedRequests.drain(server);
    start();

    for (var namespace : WATCHED) {
      await(namespace + " is released").atMost(PATIENCE).until(() -> !paused(namespace));
    }
    assertThat(paused("elsewhere")).isTrue();
    assertThat(NamespacedRequests.drain(server)).isNotEmpty().allMatch(WATCHED::contains);
  }

  @Test
  void theNamespacesChangeNothingElseOfTheController() {
    start();

    var informer =
        operator
            .getRegisteredControllers()
            .iterator()
            .next()
            .getConfiguration()
            .getInformerConfig();
    assertThat(informer.getNamespaces().equals(WATCHED)).isTrue();
    assertThat(informer.getLabelSelector()).isEqualTo(Names.REQUIRES);
    assertThat(informer.getInformerListLimit()).isEqualTo(EventSources.PAGE);
  }

  private void start() {
    operator =
        new Operator(
            configuration ->
                configuration.withKubernetesClient(client).withCloseClientOnStop(false));
    operator.register(
        GateFixtures.workloadReconciler(client),
        controller -> controller.settingNamespaces(WATCHED));
    operator.start();
  }

  private boolean paused(String namespace) {
    var deployment = client.apps().deployments().inNamespace(namespace).withName("registry").get();
    return Boolean.TRUE.equals(deployment.getSpec().getPaused());
  }

  private static <R> R in(String namespace, String manifest, Class<R> type) {
    assertThat(manifest).containsOnlyOnce("namespace: glance");
    return Serialization.unmarshal(
        manifest.replace("namespace: glance", "namespace: " + namespace), type);
  }
}
