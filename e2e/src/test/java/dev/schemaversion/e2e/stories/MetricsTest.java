package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.cluster.PodProcesses;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The operator's port serves the metrics, and its process is what the image is made for. */
@WithOperator
class MetricsTest {
  private static final String PODS =
      "/api/v1/namespaces/" + Installation.NAMESPACE + "/pods/%s:8080/proxy/q/metrics";

  @Story
  void theLeaderExportsMetricsOfEachResourceUntilItIsDeleted(Glance glance) {
    glance.environment("environment").apply("app");
    glance.await("Ready");
    var of = "{namespace=\"%s\",name=\"glance\"".formatted(glance.namespace());

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(metrics(glance))
                    .containsOnlyOnce(
                        "schemaversion_info" + of + ",version=\"13\",wanted=\"13\"} 1.0")
                    .containsOnlyOnce("schemaversion_pending_migrations" + of + "} 0.0")
                    .contains("schemaversion_condition" + of + ",type=\"Ready\"")
                    .contains("schemaversion_job_duration_seconds_count{outcome=\"Succeeded\"")
                    .contains("schemaversion_gate_mode{mode=\"Admission\"} 1.0")
                    .contains("reconciliations_success_total{controller_name=\"schemaversion\"}")
                    .contains("jvm_memory_used_bytes{")
                    .doesNotContain("http_server_"));

    glance.kubectl("delete", "sv", "glance");
    await().atMost(Duration.ofMinutes(1)).until(() -> !metrics(glance).contains(of));
  }

  /** Java would start without its cache of loaded classes too, and only take longer. */
  @Story
  void theOperatorHasStartedWithItsCacheOfLoadedClasses(Glance glance) {
    for (var pod : pods(glance)) {
      assertThat(PodProcesses.of(pod, "schemaversion/operator"))
          .as("none where pods are no processes of this machine")
          .allSatisfy(process -> assertThat(PodProcesses.maps(process, "operator.aot")).isTrue());
    }
  }

  private static String metrics(Glance glance) {
    return Arrays.stream(pods(glance))
        .map(pod -> glance.kubectl("get", "--raw", PODS.formatted(pod)))
        .collect(Collectors.joining());
  }

  private static String[] pods(Glance glance) {
    return glance
        .kubectl(
            "-n",
            Installation.NAMESPACE,
            "get",
            "pods",
            "-l",
            "app.kubernetes.io/name=schemaversion-operator",
            "-o",
            "jsonpath={.items[*].metadata.name}")
        .split(" ", -1);
  }
}
