package dev.schemaversion.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.clients.Clients;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After {@code make release-files}, chart and kustomization install the release's image. */
@ExtendWith(OnCluster.class)
class ReleaseFilesTest {
  private static final String REPOSITORY = "ghcr.io/example/schemaversion-operator";
  private static final String IMAGE = REPOSITORY + ":1.2.0";

  @TempDir Path copy;

  @ParameterizedTest(name = "Helm {0}")
  @ValueSource(ints = {3, 4})
  void chartAndKustomizationNameTheReleasesImageAndNoOther(int major, Cluster cluster)
      throws IOException {
    for (var part : List.of("charts", "crds", "deploy", "docs", "CHANGELOG.md", "pom.xml")) {
      copy(Checkout.root().resolve(part), copy.resolve(part));
    }
    Command.run(copy.resolve("deploy/release/set-version").toString(), "1.2.0", REPOSITORY);
    var kustomized = new Kubectl(cluster).run("kustomize", copy.resolve("deploy").toString());
    var chart = copy.resolve("charts/schemaversion-operator").toString();
    var rendered =
        Clients.helm(major, cluster, Chart.NAMESPACE)
            .run("template", Chart.NAME, chart, "--kube-version", "1.36.0");

    for (var manifests : List.of(kustomized, rendered)) {
      assertThat(manifests).doesNotContain("localhost/");
      var deployment = (Deployment) Chart.objects(manifests).get("Deployment " + Chart.NAME);
      var operator = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
      assertThat(operator.getImage()).isEqualTo(IMAGE);
      assertThat(operator.getEnv())
          .filteredOn(variable -> variable.getName().equals("SCHEMAVERSION_RUNNER_IMAGE"))
          .extracting("value")
          .containsExactly(IMAGE);
      assertThat(images(manifests)).startsWith(IMAGE).contains("postgres:17");
    }
  }

  private static List<String> images(String manifests) {
    var script = List.of(Checkout.root().resolve("deploy/images").toString());
    return Command.answer(script, Map.of(), manifests).orThrow(script).lines().toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
