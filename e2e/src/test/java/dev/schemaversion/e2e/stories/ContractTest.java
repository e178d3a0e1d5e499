package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Expand, roll out, contract: a contracting migration waits for the programs that still need the
 * old schema.
 */
@WithOperator
class ContractTest {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String CONTRACT = "ALTER TABLE images DROP COLUMN checksum;";

  @Story
  void oneCommitMayContainTheNewProgramAndTheContractingMigration(
      Glance glance, Cluster cluster, KubernetesClient client) {
    isAt13(glance);
    apply(glance, cluster, "13", "13");
    await().atMost(LONG).until(() -> ready(glance, "13"));

    try (var pods = new Watched<>(client.pods().inNamespace(glance.namespace()))) {
      // All at once, as a commit brings it: the new program runs on both versions.
      Stories.addMigration(glance, "V014__drop_checksum.sql", CONTRACT);
      Stories.want(glance, "14");
      apply(glance, cluster, "13", "14");
      glance.awaitVersion("14");
      glance.await("Ready");

      assertThat(glance.get("sv", "glance").at("/status").has("target")).isFalse();
      assertThat(syncStarted(glance))
          .as("when the contracting migration began")
          .isAfterOrEqualTo(lastSeen(pods.states(), "13"));
    }
  }

  @Story
  void thePodsThatBlockAMigrationAreReportedWithAWayOut(Glance glance, Cluster cluster) {
    isAt13(glance);
    apply(glance, cluster, "13", "13");
    await().atMost(LONG).until(() -> ready(glance, "13"));

    Stories.addMigration(glance, "V014__drop_checksum.sql", CONTRACT);
    Stories.want(glance, "14");
    glance.awaitReason("Ready", "WaitingForWorkloads");
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(message(glance))
                    .contains(
                        "the sync to 14 waits for live pods that do not run on that version",
                        "Deployment api up to 13"));
    assertThat(glance.get("sv", "glance").at("/status/target").asText()).isEqualTo("14");
    // No new one of them starts either: the gate knows the target, the operator is not asked.
    glance.kubectl("delete", "pod", "-l", "app=api", "--wait=false", "--grace-period=600");
    await().atMost(LONG).until(() -> !gated(glance).isEmpty());

    // The next release needs what comes: nothing suits both.
    apply(glance, cluster, "14", "15");
    glance.awaitReason("Stalled", "IncompatibleWorkloads");
    assertThat(message(glance)).contains("Scale the workload to 0 and up again");

    glance.kubectl("scale", "deployment", "api", "--replicas=0");
    glance.kubectl("delete", "pod", "-l", "app=api", "--force", "--grace-period=0");
    glance.awaitVersion("14");
    glance.kubectl("scale", "deployment", "api", "--replicas=1");
    await().atMost(LONG).until(() -> ready(glance, "14"));
  }

  private static void isAt13(Glance glance) {
    glance.environment("environment").apply("app", Stories.with("proof: {mode: OnBaseline}"));
    glance.await("Ready");
  }

  private static void apply(Glance glance, Cluster cluster, String min, String max) {
    glance.kubectlWithInput(Containers.deployment(cluster, "api", min, max), "apply", "-f", "-");
  }

  private static boolean ready(Glance glance, String min) {
    return pods(glance)
        .anyMatch(
            pod ->
                pod.at("/status/phase").asText().equals("Running")
                    && annotation(pod, "min-version").equals(min));
  }

  private static List<JsonNode> gated(Glance glance) {
    return pods(glance).filter(pod -> !pod.at("/spec/schedulingGates").isEmpty()).toList();
  }

  private static Stream<JsonNode> pods(Glance glance) {
    return glance.list("pods", "app=api").valueStream();
  }

  private static String annotation(JsonNode pod, String name) {
    return pod.at("/metadata/annotations/schemaversion.dev~1" + name).asText();
  }

  private static String message(Glance glance) {
    return glance.condition("Ready").get("message").asText();
  }

  private static Instant syncStarted(Glance glance) {
    var started = Instant.MIN;
    for (var pod : glance.list("pods", "schemaversion.dev/step=sync")) {
      var at = pod.at("/status/containerStatuses/0/state/terminated/startedAt").asText();
      started = Instant.parse(at).isAfter(started) ? Instant.parse(at) : started;
    }
    return started;
  }

  /** When containers of pods that run on versions up to this one were last seen to have ended. */
  private static Instant lastSeen(List<Pod> states, String max) {
    return states.stream()
        .filter(
            pod ->
                max.equals(
                    pod.getMetadata().getAnnotations() == null
                        ? null
                        : pod.getMetadata().getAnnotations().get("schemaversion.dev/max-version")))
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .flatMap(status -> Stream.ofNullable(status.getState().getTerminated()))
        .map(ended -> Instant.parse(ended.getFinishedAt()))
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
