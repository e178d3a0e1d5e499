package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import java.time.Duration;

/** The operator's port serves the metrics. */
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

  private static String metrics(Glance glance) {
    var all = new StringBuilder();
    var pods =
        glance.kubectl(
            "-n",
            Installation.NAMESPACE,
            "get",
            "pods",
            "-l",
            "app.kubernetes.io/name=schemaversion-operator",
            "-o",
            "jsonpath={.items[*].metadata.name}");
    for (var pod : pods.split(" ")) {
      all.append(glance.kubectl("get", "--raw", PODS.formatted(pod)));
    }
    return all.toString();
  }
}
