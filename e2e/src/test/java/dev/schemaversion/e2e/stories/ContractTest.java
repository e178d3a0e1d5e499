package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

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
    var api = new RollOut(glance, cluster);
    api.apply("13", "13");
    await().atMost(LONG).until(() -> api.ready("13"));

    try (var pods = new Watched<>(client.pods().inNamespace(glance.namespace()))) {
      // All at once, as a commit brings it: the new program runs on both versions.
      Stories.addMigration(glance, "V014__drop_checksum.sql", CONTRACT);
      Stories.want(glance, "14");
      api.apply("13", "14");
      glance.awaitVersion("14");
      glance.await("Ready");

      assertThat(glance.get("sv", "glance").at("/status").has("target")).isFalse();
      assertThat(api.syncStarted())
          .as("when the contracting migration began")
          .isAfterOrEqualTo(RollOut.lastEnd(pods.states(), "13"));
    }
  }

  @Extended
  @Story
  void thePodsThatBlockAMigrationAreReportedWithAWayOut(Glance glance, Cluster cluster) {
    isAt13(glance);
    var api = new RollOut(glance, cluster);
    api.apply("13", "13");
    await().atMost(LONG).until(() -> api.ready("13"));

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
    await().atMost(LONG).until(() -> !api.gated().isEmpty());

    // The next release needs what comes: nothing suits both.
    api.apply("14", "15");
    glance.awaitReason("Stalled", "IncompatibleWorkloads");
    assertThat(message(glance)).contains("Scale the workload to 0 and up again");

    glance.kubectl("scale", "deployment", "api", "--replicas=0");
    glance.kubectl("delete", "pod", "-l", "app=api", "--force", "--grace-period=0");
    glance.awaitVersion("14");
    glance.kubectl("scale", "deployment", "api", "--replicas=1");
    await().atMost(LONG).until(() -> api.ready("14"));
  }

  private static void isAt13(Glance glance) {
    glance.environment("environment").apply("app", Stories.with("proof: {mode: OnBaseline}"));
    glance.await("Ready");
  }

  private static String message(Glance glance) {
    return glance.condition("Ready").get("message").asText();
  }
}
