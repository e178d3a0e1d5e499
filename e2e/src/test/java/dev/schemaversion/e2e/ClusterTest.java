package dev.schemaversion.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cluster provides what all other tests rely on. */
@ExtendWith(OnCluster.class)
class ClusterTest {
  private static final String NAMESPACE = "cluster-test";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @BeforeAll
  static void aNamespaceUnderTheRestrictedStandard(Cluster cluster, KubernetesClient client) {
    cluster.load("pause");
    client.resource(Restricted.namespace(NAMESPACE)).create();
    await("the service account that pods of the namespace run under")
        .atMost(PATIENCE)
        .until(
            () ->
                client.serviceAccounts().inNamespace(NAMESPACE).withName("default").get() != null);
    client.resource(pod(cluster, "web", "httpd", "-f", "-p", "8080", "-h", "/etc")).create();
    client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", "web"))
                .addNewPort()
                .withPort(80)
                .withNewTargetPort(8080)
                .endPort()
                .endSpec()
                .build())
        .create();
    pod(client, "web").waitUntilReady(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterAll
  static void theNamespaceGoes(KubernetesClient client) {
    client.namespaces().withName(NAMESPACE).delete();
  }

  @Test
  void aNodeIsReady(KubernetesClient client) {
    assertThat(client.nodes().list().getItems())
        .anySatisfy(
            node ->
                assertThat(node.getStatus().getConditions())
                    .anySatisfy(
                        condition -> {
                          assertThat(condition.getType()).isEqualTo("Ready");
                          assertThat(condition.getStatus()).isEqualTo("True");
                        }));
  }

  @Test
  void kubectlReachesTheCluster(Cluster cluster) {
    assertThat(kubectl(cluster, "get", "namespace", NAMESPACE, "-o", "name").strip())
        .isEqualTo("namespace/" + NAMESPACE);
  }

  @Test
  void aPodOutsideTheRestrictedStandardIsRefused(Cluster cluster, KubernetesClient client) {
    var mighty = pod(cluster, "mighty", "sleep", "1");
    mighty
        .getSpec()
        .getContainers()
        .getFirst()
        .getSecurityContext()
        .setAllowPrivilegeEscalation(true);

    assertThatThrownBy(() -> client.resource(mighty).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("violates PodSecurity \"restricted");
  }

  @Test
  void aServiceIsReachedThroughTheApiServer(KubernetesClient client) {
    await("an endpoint behind the Service")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        client.raw(
                            "/api/v1/namespaces/" + NAMESPACE + "/services/web:80/proxy/passwd"))
                    .contains("nobody:"));
  }

  @Test
  void aPodReachesAServiceByItsName(KubernetesClient client) {
    var address = "http://web." + NAMESPACE + ".svc.cluster.local/passwd";

    await("the Service's name and address")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(inWeb(client, "timeout", "5", "wget", "-q", "-O", "-", address))
                    .contains("nobody:"));
  }

  @Test
  void mutatingAdmissionPoliciesAreServed(KubernetesClient client) {
    assertThat(client.getApiResources("admissionregistration.k8s.io/v1").getResources())
        .extracting("kind")
        .contains(
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "ValidatingAdmissionPolicy");
  }

  private static String kubectl(Cluster cluster, String... words) {
    var command = new ArrayList<>(cluster.kubectl());
    command.addAll(List.of(words));
    return Command.run(command);
  }

  private static PodResource pod(KubernetesClient client, String name) {
    return client.pods().inNamespace(NAMESPACE).withName(name);
  }

  /** What a command in the pod "web" prints, on either output. */
  private static String inWeb(KubernetesClient client, String... command)
      throws InterruptedException {
    var output = new ByteArrayOutputStream();
    try (var running =
        pod(client, "web").writingOutput(output).writingError(output).exec(command)) {
      running.exitCode().join();
    }
    return output.toString();
  }

  /** A pod that the restricted standard allows. */
  private static Pod pod(Cluster cluster, String name, String... command) {
    var pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: %1$s, namespace: %2$s, labels: {app: %1$s}}
            spec:
              terminationGracePeriodSeconds: 0
              securityContext:
                runAsNonRoot: true
                runAsUser: 65532
                seccompProfile: {type: RuntimeDefault}
              containers:
              - name: %1$s
                image: %3$s
                imagePullPolicy: IfNotPresent
                securityContext:
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  capabilities: {drop: [ALL]}
            """
                .formatted(name, NAMESPACE, cluster.image("pause")),
            Pod.class);
    pod.getSpec().getContainers().getFirst().setCommand(List.of(command));
    return pod;
  }
}
