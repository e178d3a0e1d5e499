package dev.schemaversion.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code helm test} creates a workload that must be held, and a pod that waits for it. */
@ExtendWith(OnCluster.class)
class OwnTestRenderTest {
  @EachHelm
  void helmTestCreatesAWorkloadThatIsHeldAndAPodThatWaitsForTheReport(int major, Cluster cluster) {
    var name = "schemaversion-operator-test";

    var tests = tests(major, cluster, "--set=policies=Mutating,networkPolicy.enabled=true");

    assertThat(tests.keySet())
        .containsExactlyInAnyOrder(
            "Deployment " + name,
            "NetworkPolicy " + name,
            "Pod " + name,
            "SchemaVersion " + name,
            "Service " + name);
    assertThat(tests.values())
        .allSatisfy(
            object ->
                assertThat(object.getMetadata().getAnnotations())
                    .containsEntry("helm.sh/hook", "test")
                    .containsEntry(
                        "helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded"));
    var held = ((Deployment) tests.get("Deployment " + name)).getSpec().getTemplate();
    assertThat(held.getMetadata().getLabels()).containsEntry("schemaversion.dev/requires", name);
    assertThat(held.getSpec().getSchedulingGates()).as("the policies hold it").isEmpty();
    var test = ((Pod) tests.get("Pod " + name)).getSpec();
    assertThat(test.getAutomountServiceAccountToken()).isFalse();
    assertThat(test.getContainers().getFirst().getImage())
        .isEqualTo("localhost/schemaversion-operator:dev");
    for (var pod : List.of(test, held.getSpec())) {
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      var container = pod.getContainers().getFirst().getSecurityContext();
      assertThat(container.getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    }
  }

  @EachHelm
  void withoutThePoliciesTheTestsWorkloadHasASchedulingGate(int major, Cluster cluster) {
    var tests = tests(major, cluster, "--set=policies=PodTemplate");

    assertThat(tests).doesNotContainKey("NetworkPolicy schemaversion-operator-test");
    var held = (Deployment) tests.get("Deployment schemaversion-operator-test");
    assertThat(held.getSpec().getTemplate().getSpec().getSchedulingGates())
        .extracting("name")
        .containsExactly("schemaversion.dev/schema");
  }

  /** The objects of {@code helm test} alone. */
  private static TreeMap<String, HasMetadata> tests(int major, Cluster cluster, String option) {
    return Chart.objects(
        Chart.helm(major, cluster)
            .run(
                "template",
                Chart.NAME,
                Chart.folder().toString(),
                option,
                "--kube-version",
                "1.36.0",
                "--show-only",
                "templates/tests/installation.yaml"));
  }
}
