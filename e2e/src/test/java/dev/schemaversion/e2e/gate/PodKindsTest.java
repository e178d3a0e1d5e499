package dev.schemaversion.e2e.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.Restricted;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The policies alone gate the pods that Kubernetes' own controllers create. */
@GateAlone
class PodKindsTest {

  /** A kind of workload, and its manifest up to the pod template. */
  enum Kind {
    REPLICA_SET("apps/v1", "ReplicaSet", "selector: {matchLabels: {app: %1$s}}"),
    DEPLOYMENT("apps/v1", "Deployment", "selector: {matchLabels: {app: %1$s}}"),
    STATEFUL_SET(
        "apps/v1", "StatefulSet", "serviceName: %1$s\n  selector: {matchLabels: {app: %1$s}}"),
    DAEMON_SET("apps/v1", "DaemonSet", "selector: {matchLabels: {app: %1$s}}"),
    JOB("batch/v1", "Job", "backoffLimit: 0"),
    CRON_JOB("batch/v1", "CronJob", "schedule: '* * * * *'");

    private final String apiVersion;
    private final String kind;
    private final String spec;

    Kind(String apiVersion, String kind, String spec) {
      this.apiVersion = apiVersion;
      this.kind = kind;
      this.spec = spec;
    }

    /** Only the pods have the label. */
    String manifest(String name, String min) {
      var head =
          """
          apiVersion: %2$s
          kind: %3$s
          metadata: {name: %1$s}
          spec:
            %4$s
          """
              .formatted(name, apiVersion, kind, spec.formatted(name));
      var template =
          """
            template:
              metadata:
                labels: {app: %1$s, schemaversion.dev/requires: glance}
                annotations: {schemaversion.dev/min-version: "%2$s"}
              spec:
                %3$s
                terminationGracePeriodSeconds: 0
                securityContext: %4$s
                containers: [{name: program, image: "localhost/program:1", securityContext: %5$s}]
          """
              .formatted(
                  name,
                  min,
                  apiVersion.startsWith("batch") ? "restartPolicy: Never" : "hostname: p",
                  Restricted.POD,
                  Restricted.CONTAINER);
      return this == CRON_JOB
          ? head + "  jobTemplate:\n    spec:\n" + template.indent(4)
          : head + template;
    }
  }

  private Tenant tenant;
  private KubernetesClient client;
  private Kubectl kubectl;

  @BeforeEach
  void namespace(Cluster cluster, KubernetesClient administrator, Tenant tenant) {
    this.tenant = tenant;
    client = administrator;
    kubectl = new Kubectl(cluster, tenant.namespace());
  }

  @ParameterizedTest
  @EnumSource
  void unsatisfiedPodsAreGatedAndSatisfiedOnesAreScheduled(Kind kind) {
    kubectl.runWithInput(kind.manifest("held", "14"), "apply", "-f", "-");
    kubectl.runWithInput(kind.manifest("going", "13"), "apply", "-f", "-");

    await("the scheduler has processed both")
        .atMost(Duration.ofMinutes(2))
        .until(() -> !pods("held").isEmpty() && pods("going").stream().anyMatch(this::scheduled));

    assertThat(pods("held"))
        .allSatisfy(
            pod -> {
              assertThat(Gates.of(pod)).containsExactly(Gates.OF_LABEL);
              assertThat(pod.getSpec().getNodeName()).isNull();
              assertThat(pod.getStatus().getConditions())
                  .anyMatch(condition -> "SchedulingGated".equals(condition.getReason()));
            });
    assertThat(pods("going")).allSatisfy(pod -> assertThat(Gates.of(pod)).isEmpty());
  }

  private boolean scheduled(Pod pod) {
    return pod.getSpec().getNodeName() != null;
  }

  private List<Pod> pods(String app) {
    return client.pods().inNamespace(tenant.namespace()).withLabel("app", app).list().getItems();
  }
}
