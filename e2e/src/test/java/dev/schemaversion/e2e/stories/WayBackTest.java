package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import java.time.Duration;

/** A user rolls back, or deletes the SchemaVersion, while workloads are held. */
@Extended
@WithOperator
class WayBackTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Story
  void aStatefulSetRolledBackWhileItsNewPodIsGatedRunsTheOldOneAgain(
      Glance glance, Cluster cluster) {
    glance.environment("environment").apply("app");
    apply(glance, Containers.statefulSet(cluster, "store", "13"));
    glance.kubectl("rollout", "status", "statefulset/store", "--timeout=240s");

    apply(glance, Containers.statefulSet(cluster, "store", "14"));
    await().atMost(LONG).until(() -> gates(glance, "store-0").equals("schemaversion.dev/schema"));
    apply(glance, Containers.statefulSet(cluster, "store", "13"));

    glance.kubectl("rollout", "status", "statefulset/store", "--timeout=240s");
    assertThat(minVersion(glance, "store-0")).isEqualTo("13");
    assertThat(gates(glance, "store-0")).isEmpty();
    assertThat(events(glance, "StatefulSet", "store")).contains("ObsoletePodDeleted");
  }

  /** Neither is left without a word on how to go on, nor without a way. */
  @Story
  void aDeletedSchemaVersionLeavesInstructionsAndRemovingTheLabelReleases(
      Glance glance, Cluster cluster) {
    glance.environment("environment").apply("app");
    glance.await("Ready");
    apply(glance, Programs.deployment("waiting", "glance", "14"));
    apply(glance, Containers.pod(cluster, "waiting", "14"));
    await().atMost(LONG).until(() -> glance.get("sv", "glance").at("/status/held").asInt() == 2);

    glance.kubectl("delete", "sv", "glance", "--timeout=120s");

    for (var kind : new String[] {"Deployment", "Pod"}) {
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(events(glance, kind, "waiting"))
                      .contains(
                          "SchemaVersionNotFound",
                          "apply that SchemaVersion, or correct the label"));
    }
    assertThat(gates(glance, "waiting")).isEqualTo("schemaversion.dev/schema");

    glance.kubectl("label", "deployment", "waiting", "schemaversion.dev/requires-");
    assertThat(glance.get("deployment", "waiting").at("/spec/paused").asBoolean()).isFalse();
  }

  private static String events(Glance glance, String kind, String name) {
    return glance.kubectl(
        "get",
        "events",
        "--field-selector",
        "involvedObject.kind=%s,involvedObject.name=%s".formatted(kind, name),
        "-o",
        "custom-columns=REASON:.reason,NOTE:.message",
        "--no-headers");
  }

  /** Empty also while there is no such pod. */
  private static String gates(Glance glance, String pod) {
    return glance.kubectl(
        "get",
        "pods",
        "--field-selector=metadata.name=" + pod,
        "-o",
        "jsonpath={.items[*].spec.schedulingGates[*].name}");
  }

  private static String minVersion(Glance glance, String pod) {
    return glance
        .get("pod", pod)
        .at("/metadata/annotations/schemaversion.dev~1min-version")
        .asText();
  }

  private static void apply(Glance glance, String manifest) {
    glance.kubectlWithInput(manifest, "apply", "-f", "-");
  }
}
