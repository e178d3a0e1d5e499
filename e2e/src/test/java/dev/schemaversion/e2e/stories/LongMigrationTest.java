package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.PodProcesses;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Running programs are not affected by a long migration. */
@Extended
@WithOperator
class LongMigrationTest {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String REGISTRY = "glance-registry";

  /** Long enough to see it all; for more say {@code -DargLine=-Dmigration.seconds=300}. */
  private static final int SECONDS = Integer.getInteger("migration.seconds", 60);

  /** Needs no metrics to see that there are fewer than it is to keep. */
  private static final String AUTOSCALER =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: glance-registry}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: glance-registry}
        minReplicas: 3
        maxReplicas: 5
      """;

  private static final String SLEEP = "pg_sleep(" + SECONDS + ")";

  @Story
  void theOldPodsScaleAndHealDuringAMigrationAndThenTheNewOnesRollOut(
      Glance glance, Cluster cluster, KubernetesClient client) {
    // Rehearsed it would take twice as long.
    glance.environment("environment").apply("app", Stories.with("proof: {mode: OnBaseline}"));
    glance.await("Ready");
    glance.awaitRegistry();
    // Much shorter than the migration.
    progressDeadline(glance, 10);
    Stories.addMigration(glance, "V014__long.sql", "SELECT " + SLEEP + ";");

    try (var registry =
            new Watched<>(
                client.apps().deployments().inNamespace(glance.namespace()).withName(REGISTRY));
        var tool = new Watched<>(client.pods().inNamespace(glance.namespace()).withName("tool"))) {
      patch(
          glance,
          "{\"spec\": {\"template\": {\"metadata\": {\"annotations\": {\"schemaversion.dev/min-version\": \"14\"}}}}}");
      glance.kubectlWithInput(Containers.pod(cluster, "tool", "14"), "apply", "-f", "-");
      Stories.want(glance, "14");
      await().atMost(LONG).until(() -> migrationRuns(glance));
      assertStartedWithSharedClasses(glance);

      glance.kubectlWithInput(AUTOSCALER, "apply", "-f", "-");
      awaitAvailable(glance, 3);
      glance.kubectl("delete", "pod", onePod(glance));
      awaitAvailable(glance, 3);

      assertThat(migrationRuns(glance)).as("all of that while the migration runs").isTrue();
      await().atMost(LONG.plusSeconds(SECONDS)).until(() -> !migrationRuns(glance));
      // It is about the wait alone: on a busy machine a pod may take longer than that to start.
      progressDeadline(glance, 600);
      glance.awaitVersion("14");
      glance.await("Ready");
      glance.awaitRegistry();
      await().atMost(LONG).until(() -> running(glance, "tool"));
      assertKeptCapacity(registry.states());
      print(glance, registry, tool);
    }
    assertThat(newStarts(glance))
        .hasSize(3)
        .allSatisfy(start -> assertThat(start).isAfterOrEqualTo(Stories.syncEnded(glance)));
  }

  /** Java would start without the archive of its classes too, and only take longer. */
  private static void assertStartedWithSharedClasses(Glance glance) {
    var pod = glance.list("pods", "schemaversion.dev/step=sync").get(0).at("/metadata/name");
    assertThat(PodProcesses.of(pod.asText(), "schemaversion/runner"))
        .as("none where pods are no processes of this machine")
        .allSatisfy(
            process -> assertThat(PodProcesses.maps(process, "runner.aot")).as("maps").isTrue());
  }

  private static void assertKeptCapacity(List<Deployment> states) {
    var held = states.stream().filter(LongMigrationTest::paused).toList();
    assertThat(held)
        .isNotEmpty()
        .allSatisfy(state -> assertThat(state.getStatus().getAvailableReplicas()).isGreaterThan(1))
        .allSatisfy(
            state ->
                assertThat(state.getStatus().getConditions())
                    .noneMatch(c -> "ProgressDeadlineExceeded".equals(c.getReason())));
  }

  /** Shown, not asserted: how long the releases took after the runner had its last word. */
  private static void print(Glance glance, Watched<Deployment> registry, Watched<Pod> tool) {
    var lines =
        glance
            .kubectl(
                "logs",
                "-l",
                "schemaversion.dev/step=sync",
                "-c",
                "runner",
                "--timestamps",
                "--tail=-1")
            .lines()
            .sorted()
            .toList();
    var last = Instant.parse(lines.getLast().split(" ", 2)[0]);
    System.out.printf(
        "After the sync's last word (\"%s\"): Deployment resumed %d ms, pod's gate gone %d ms%n",
        lines.getLast().split(" ", 2)[1],
        Duration.between(last, registry.became(state -> !paused(state))).toMillis(),
        Duration.between(last, tool.became(LongMigrationTest::ungated)).toMillis());
  }

  private static boolean paused(Deployment deployment) {
    return Boolean.TRUE.equals(deployment.getSpec().getPaused());
  }

  private static boolean ungated(Pod pod) {
    return pod.getSpec().getSchedulingGates().isEmpty();
  }

  private static void patch(Glance glance, String patch) {
    glance.kubectl("patch", "deployment", REGISTRY, "-p", patch);
  }

  private static void progressDeadline(Glance glance, int seconds) {
    patch(glance, "{\"spec\": {\"progressDeadlineSeconds\": " + seconds + "}}");
  }

  private static boolean migrationRuns(Glance glance) {
    return !glance
        .psql(
            "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'glance-sync-%'"
                + " AND query LIKE '%"
                + SLEEP
                + "%'")
        .isEmpty();
  }

  private static void awaitAvailable(Glance glance, int replicas) {
    await().atMost(LONG).until(() -> available(glance) == replicas);
  }

  private static int available(Glance glance) {
    return glance.get("deployment", REGISTRY).at("/status/availableReplicas").asInt();
  }

  private static String onePod(Glance glance) {
    return glance.list("pods", Stories.REGISTRY).get(0).at("/metadata/name").asText();
  }

  /** Of the pods that need 14; the others may still be about to end. */
  private static List<Instant> newStarts(Glance glance) {
    return glance
        .list("pods", Stories.REGISTRY)
        .valueStream()
        .filter(
            pod ->
                pod.at("/metadata/annotations/schemaversion.dev~1min-version")
                    .asText()
                    .equals("14"))
        .map(pod -> pod.at("/status/containerStatuses/0/state/running/startedAt").asText())
        .map(Instant::parse)
        .toList();
  }

  private static boolean running(Glance glance, String pod) {
    return glance.get("pod", pod).at("/status/phase").asText().equals("Running");
  }
}
