package dev.schemaversion.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * All event sources of a SchemaVersion list and watch the controller's namespaces, each by itself,
 * or all of them.
 */
@EnableKubernetesMockClient(https = false, crud = true)
class NamespacedWatchesTest {
  private static final Set<String> WATCHED = Set.of("orders", "billing");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  KubernetesMockServer server;
  KubernetesClient client;
  private Operator operator;
  private final Map<String, AtomicInteger> reconciled = new ConcurrentHashMap<>();

  @ControllerConfiguration(name = "counting", generationAwareEventProcessing = false)
  private static final class Counting implements Reconciler<SchemaVersion> {
    private final MigrationSources migrations;
    private final Map<String, AtomicInteger> reconciled;

    Counting(MigrationSources migrations, Map<String, AtomicInteger> reconciled) {
      this.migrations = migrations;
      this.reconciled = reconciled;
    }

    @Override
    public List<EventSource<?, SchemaVersion>> prepareEventSources(
        EventSourceContext<SchemaVersion> context) {
      return EventSources.of(context, EventSources.jobs(context), migrations);
    }

    @Override
    public UpdateControl<SchemaVersion> reconcile(
        SchemaVersion resource, Context<SchemaVersion> context) {
      var namespace = resource.getMetadata().getNamespace();
      reconciled.computeIfAbsent(namespace, none -> new AtomicInteger()).incrementAndGet();
      return UpdateControl.noUpdate();
    }
  }

  @AfterEach
  void stop() {
    operator.stop();
  }

  @Test
  void theNamespacesOfTheControllerAreListedAndWatchedAndNoOther() throws Exception {
    for (var namespace : List.of("orders", "billing", "elsewhere")) {
      client.resource(referencingAConfigMap(namespace)).create();
    }
    NamespacedRequests.drain(server);
    start(WATCHED);

    for (var namespace : WATCHED) {
      await(namespace + " is reconciled").atMost(PATIENCE).until(() -> count(namespace) > 0);
      int before = count(namespace);
      createConfigMap(namespace);
      await("a change of a ConfigMap in " + namespace)
          .atMost(PATIENCE)
          .until(() -> count(namespace) > before);
    }
    assertThat(reconciled).containsOnlyKeys(WATCHED);
    assertThat(NamespacedRequests.drain(server)).isEqualTo(WATCHED);
    assertThat(healthy()).isTrue();
  }

  @Test
  void withoutNamespacesAllOfThemAreListedAtOnce() throws Exception {
    client.resource(referencingAConfigMap("elsewhere")).create();
    NamespacedRequests.drain(server);
    start(Set.of());

    await("it is reconciled").atMost(PATIENCE).until(() -> count("elsewhere") > 0);
    int before = count("elsewhere");
    createConfigMap("elsewhere");
    await("a change of its ConfigMap").atMost(PATIENCE).until(() -> count("elsewhere") > before);
    assertThat(NamespacedRequests.drain(server)).containsExactly("");
  }

  private void start(Set<String> namespaces) {
    operator =
        new Operator(
            configuration ->
                configuration.withKubernetesClient(client).withCloseClientOnStop(false));
    operator.register(
        new Counting(new MigrationSources(client), reconciled),
        controller -> {
          if (!namespaces.isEmpty()) {
            controller.settingNamespaces(namespaces);
          }
        });
    operator.start();
  }

  private boolean healthy() {
    return operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  private int count(String namespace) {
    return reconciled.getOrDefault(namespace, new AtomicInteger()).get();
  }

  private void createConfigMap(String namespace) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("migrations")
                .withNamespace(namespace)
                .endMetadata()
                .addToData("V1__a.sql", "create table a (id int)")
                .build())
        .create();
  }

  private static SchemaVersion referencingAConfigMap(String namespace) {
    return Serialization.unmarshal(
        """
        apiVersion: schemaversion.dev/v1alpha1
        kind: SchemaVersion
        metadata: {name: shop, namespace: %s}
        spec:
          version: "1"
          database: {engine: PostgreSQL, host: db, name: shop, secretRef: {name: shop-db}}
          migrations: {configMapRefs: [{name: migrations}]}
        """
            .formatted(namespace),
        SchemaVersion.class);
  }
}
