package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.cluster.Cluster;
import java.time.Duration;

/** Without a running operator, satisfied workloads start and run as without a gate. */
@Extended
@WithOperator
class WithoutOperatorTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String EVICTION =
      "{\"apiVersion\": \"policy/v1\", \"kind\": \"Eviction\", \"metadata\": {\"name\": \"%s\"}}";

  @OperatorStory
  void aSatisfiedWorkloadRestartsAndScalesAndDrainsAndRollsAndAnUnsatisfiedOneIsHeld(
      Glance glance, Installation installation, Cluster cluster) {
    glance.environment("environment").apply("app");
    apply(glance, Containers.statefulSet(cluster, "store", "13"));
    glance.await("Ready");
    glance.awaitRegistry();
    awaitStore(glance);

    installation.scale(0);
    glance.kubectl("scale", "deployment/glance-registry", "--replicas=3");
    glance.kubectl("scale", "statefulset/store", "--replicas=2");
    glance.awaitRegistry();
    awaitStore(glance);
    // As a node is drained.
    evict(glance, glance.list("pods", Stories.REGISTRY).get(0).at("/metadata/name").asText());
    evict(glance, "store-0");
    glance.awaitRegistry();
    awaitStore(glance);
    glance.kubectl("rollout", "restart", "deployment/glance-registry", "statefulset/store");
    glance.awaitRegistry();
    awaitStore(glance);

    apply(glance, Containers.statefulSet(cluster, "too-new", "14"));
    apply(glance, Programs.deployment("too-new", "glance", "14"));
    await().atMost(LONG).until(() -> glance.list("pods", "app=too-new").size() == 1);
    assertThat(gates(glance, "too-new-0")).isEqualTo("schemaversion.dev/schema");
    assertThat(glance.get("deployment", "too-new").at("/spec/paused").asBoolean()).isTrue();
  }

  private static void awaitStore(Glance glance) {
    glance.kubectl("rollout", "status", "statefulset/store", "--timeout=240s");
  }

  private static void evict(Glance glance, String pod) {
    var uid = glance.get("pod", pod).at("/metadata/uid").asText();
    glance.kubectlWithInput(
        EVICTION.formatted(pod),
        "create",
        "-f",
        "-",
        "--raw=/api/v1/namespaces/%s/pods/%s/eviction".formatted(glance.namespace(), pod));
    await()
        .atMost(LONG)
        .until(
            () ->
                !glance
                    .kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.uid}")
                    .contains(uid));
  }

  private static String gates(Glance glance, String pod) {
    return glance.kubectl("get", "pod", pod, "-o", "jsonpath={.spec.schedulingGates[*].name}");
  }

  private static void apply(Glance glance, String manifest) {
    glance.kubectlWithInput(manifest, "apply", "-f", "-");
  }
}
