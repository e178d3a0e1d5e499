package dev.schemaversion.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.clients.Clients;
import dev.schemaversion.e2e.clients.Helm;
import dev.schemaversion.e2e.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Installs, upgrades and uninstalls the chart. The test needs its own cluster, because the chart's
 * cluster-wide objects exist on the shared one already, from the manifests.
 */
@Extended
class ChartInstallTest {
  private static final String CRD = "crd/schemaversions.schemaversion.dev";
  private static final String DEPLOYMENT = "deployment/" + Chart.NAME;

  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void aClusterWithTheImages() {
    cluster =
        Cluster.startAnother()
            .orElseGet(() -> Assumptions.abort("there is but the one cluster that the user named"));
    cluster.load(Chart.NAME);
    Glance.loadImages(cluster);
  }

  @AfterAll
  static void theClusterGoes() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest(name = "Helm {0}")
  @ValueSource(ints = {3, 4})
  void theChartInstallsAndUpgradesTheCrdAndAnUninstallationKeepsIt(int major) throws IOException {
    var helm = Clients.helm(major, cluster, Chart.NAMESPACE);

    livesOn(helm, List.of("--create-namespace"), List.of());
  }

  @Test
  void theChartAdoptsAnInstallationByTheManifests() throws IOException {
    new Installation(cluster).install();

    // What is the same in both stays kubectl's as well, so the first upgrade has to insist again.
    livesOn(
        Clients.helm(4, cluster, Chart.NAMESPACE),
        List.of("--take-ownership", "--force-conflicts"),
        List.of("--force-conflicts"));
  }

  private void livesOn(Helm helm, List<String> install, List<String> upgrade) throws IOException {
    var values = Chart.values(folder, cluster).toString();

    var said =
        run(
            helm,
            install,
            "install",
            Chart.NAME,
            Chart.folder().toString(),
            "--wait",
            "-f",
            values);

    assertThat(said).contains("The gate is installed (mode Admission).");
    testSucceedsAndLeavesNothing(helm);
    try (var glance = new Glance(cluster, "glance-helm-" + Long.toString(System.nanoTime(), 36))) {
      glance.environment("environment").apply("app");
      glance.await("Ready");
      glance.awaitRegistry();

      upgrade(helm, upgrade, values);
      assertThat(get(CRD, "{.spec.versions[0].schema.openAPIV3Schema.description}"))
          .startsWith("Declares exactly the schema version");
      assertThat(get(DEPLOYMENT, "{.spec.template.metadata.annotations.note}"))
          .isEqualTo("upgraded");
      glance.apply("migrations-fixed");
      glance.awaitVersion("14");
      glance.await("Ready");

      helm.run("uninstall", Chart.NAME, "--wait");
      assertThat(kubectl().attempt("-n", Chart.NAMESPACE, "get", DEPLOYMENT).err())
          .contains("NotFound");
      assertThat(kubectl().run("get", "mutatingadmissionpolicies", "-o", "name")).isEmpty();
      assertThat(kubectl().run("get", CRD, "-o", "name")).isNotEmpty();
      assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("14");
      // Nothing of ours keeps a namespace from going.
      glance.kubectl("delete", "sv", "glance", "--timeout=60s");
    }
  }

  private static void testSucceedsAndLeavesNothing(Helm helm) {
    assertThat(helm.run("test", Chart.NAME, "--timeout", "3m")).contains("Succeeded");

    await("the objects of the test are deleted")
        .untilAsserted(
            () ->
                assertThat(
                        kubectl()
                            .run(
                                "-n",
                                Chart.NAMESPACE,
                                "get",
                                "pods,services,deployments,schemaversions",
                                "-l",
                                "app.kubernetes.io/name=schemaversion-operator-test",
                                "-o",
                                "name"))
                    .isEmpty());
  }

  /** To a chart whose definition and Deployment say something else. */
  private void upgrade(Helm helm, List<String> options, String values) throws IOException {
    var next = Chart.copy(folder.resolve("next"));
    var crd = next.resolve("manifests/00-crd.yaml");
    var text = Files.readString(crd);
    assertThat(text).contains("Declares the schema version");
    Files.writeString(
        crd, text.replace("Declares the schema version", "Declares exactly the schema version"));
    run(
        helm,
        options,
        "upgrade",
        Chart.NAME,
        next.toString(),
        "--wait",
        "-f",
        values,
        "--set",
        "podAnnotations.note=upgraded");
  }

  private static String run(Helm helm, List<String> options, String... words) {
    return helm.run(Stream.concat(Stream.of(words), options.stream()).toArray(String[]::new));
  }

  private static String get(String object, String path) {
    return kubectl().run("-n", Chart.NAMESPACE, "get", object, "-o", "jsonpath=" + path);
  }

  private static Kubectl kubectl() {
    return new Kubectl(cluster);
  }
}
