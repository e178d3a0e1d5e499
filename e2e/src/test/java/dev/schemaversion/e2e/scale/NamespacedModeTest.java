package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.clients.Clients;
import dev.schemaversion.e2e.cluster.Checkout;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * With the chart's {@code watch.namespaces}, an operator that has no rights outside these
 * namespaces works in them, and the gate holds nothing elsewhere.
 */
// It waits most of the time, so it runs beside stories; its own methods run one after the other.
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("operator of the namespaced mode")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(ApiServer.OfTheClass.class)
class NamespacedModeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String RELEASE = "schemaversion-operator";
  private static final Set<String> WATCHED = Set.of("orders", "billing");

  private ApiServer server;
  private JobPlayer player;
  private OperatorProcess operator;
  private SchemaVersions orders;
  private SchemaVersions billing;
  private SchemaVersions elsewhere;

  @BeforeAll
  void start(ApiServer apiServer) {
    server = apiServer;
    orders = new SchemaVersions(server, "orders");
    billing = new SchemaVersions(server, "billing");
    elsewhere = new SchemaVersions(server, "elsewhere");
    install();
    player = new JobPlayer(server.client(), server.api(), Script.everythingProven());
    server.proxy().forget();
    operator =
        OperatorProcess.start(
            "namespaced",
            server.proxy().address(),
            ShippedOperator.read().memoryLimit(),
            Map.of("SCHEMAVERSION_NAMESPACES", String.join(",", WATCHED)));
    operator.awaitReady(PATIENCE);
  }

  @AfterAll
  void end() {
    if (operator != null) {
      operator.close();
      player.close();
    }
  }

  /** The chart's rights and policies in place of those of the manifests. */
  private void install() {
    KubernetesClient administrator = server.client();
    for (var name : List.of(RELEASE + "-watched", RELEASE + "-written")) {
      administrator.rbac().clusterRoleBindings().withName(name).delete();
      administrator.rbac().clusterRoles().withName(name).delete();
    }
    var rendered =
        Clients.helm(4, server.cluster(), "schemaversion-system")
            .run(
                "template",
                RELEASE,
                Checkout.root().resolve("charts/schemaversion-operator").toString(),
                "--set=policies=Mutating,watch.namespaces={" + String.join(",", WATCHED) + "}",
                "--kube-version=1.36.0",
                "--show-only=templates/account.yaml",
                "--show-only=templates/policies.yaml");
    administrator
        .load(new ByteArrayInputStream(rendered.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(
            object ->
                administrator
                    .resource(object)
                    .fieldManager("installer")
                    .forceConflicts()
                    .serverSideApply());
    var probes = new Workloads(server, "elsewhere");
    var attempts = new int[1];
    await("the gate holds no pod in another namespace")
        .atMost(PATIENCE)
        // Until all policies know their new parameters, one of them refuses the pod.
        .ignoreExceptions()
        .until(
            () -> {
              var probe = "probe-" + attempts[0]++;
              probes.pod(probe, "absent");
              return !probes.isHeld(probe);
            });
  }

  @Test
  @Order(1)
  void theOperatorIsReadyWithItsRightsInTheNamespaces() {
    assertThat(operator.exitCode()).as("exit code; see " + operator.log()).isEmpty();
    assertThat(operator.ready()).as("see " + operator.log()).isTrue();
  }

  @Test
  @Order(2)
  void theWatchedNamespacesAreServedAndNoOther() {
    var pods = new Workloads(server, "orders");
    pods.pod("waits", "shop");
    assertThat(pods.isHeld("waits")).isTrue();
    elsewhere.create("shop");
    billing.create("shop");
    orders.create("shop");

    reachesItsVersion(orders, "shop");
    reachesItsVersion(billing, "shop");
    await("the pod is released").atMost(PATIENCE).until(() -> !pods.isHeld("waits"));
    assertThat(elsewhere.status("shop").path("observedGeneration").asInt()).isEqualTo(-1);
    assertThat(elsewhere.warnings("shop")).isEmpty();
  }

  @Test
  @Order(3)
  void aNewListOfOneNamespaceForgetsNothingOfTheOther() {
    var begun = Instant.now();
    server.proxy().behave(Faults.forgetting());
    // Three controllers have their own watches of SchemaVersions, in each namespace.
    await("every watch of SchemaVersions has begun with a new list")
        .atMost(PATIENCE)
        .until(
            () ->
                server.proxy().log().kindsSince(begun).getOrDefault("list schemaversions", 0L)
                    >= 3L * WATCHED.size());
    server.proxy().behave(Fault.NONE);
    orders.create("after");
    billing.create("after");

    reachesItsVersion(orders, "after");
    reachesItsVersion(billing, "after");
    // By the policies, from the status alone, or by the operator.
    for (var namespace : WATCHED) {
      var pods = new Workloads(server, namespace);
      pods.pod("later", "shop");
      await(namespace + "/later is released").atMost(PATIENCE).until(() -> !pods.isHeld("later"));
    }
  }

  @Test
  @Order(4)
  void noRequestIsAboutAllNamespaces() {
    assertThat(
            server
                .proxy()
                .log()
                .first(
                    request ->
                        (request.is("list") || request.is("watch"))
                            && !request.renewsLease()
                            && !WATCHED.contains(request.namespace())))
        .isEmpty();
    assertThat(player.failure()).isEmpty();
  }

  private void reachesItsVersion(SchemaVersions resources, String name) {
    await(name + " reaches its version")
        .atMost(PATIENCE)
        .until(
            () ->
                !operator.running() || resources.status(name).path("version").asText().equals("1"));
    assertThat(resources.status(name).path("version").asText())
        .as("see " + operator.log())
        .isEqualTo("1");
  }
}
