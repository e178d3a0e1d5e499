package dev.schemaversion.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.Manifests;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API server accepts the folder of valid resources and rejects the folder of invalid ones. The
 * first line of an invalid resource is the expected message.
 */
@ExtendWith(OnCluster.class)
class ResourcesTest {
  private static final Path FOLDER =
      Checkout.root().resolve("e2e/src/test/resources/schemaversions");
  private static final String SAYS = "# the API server says: ";

  @BeforeAll
  static void theResourceIsKnown(Cluster cluster) {
    var kubectl = new Kubectl(cluster);
    kubectl.runWithInput(new Manifests(cluster).of("crds"), "apply", "--server-side", "-f", "-");
    kubectl.run(
        "wait",
        "crd/schemaversions.schemaversion.dev",
        "--for=condition=Established",
        "--timeout=60s");
    // kubectl remembers for a while what kinds there are; this makes it ask anew.
    kubectl.run("api-resources", "--api-group=schemaversion.dev");
  }

  @TestFactory
  Stream<DynamicTest> validOnesAreTaken(Cluster cluster) throws IOException {
    return files("valid").map(file -> named(file, () -> isTaken(cluster, file)));
  }

  @TestFactory
  Stream<DynamicTest> invalidOnesAreRefusedWithAMessageThatSaysWhy(Cluster cluster)
      throws IOException {
    return files("invalid").map(file -> named(file, () -> isRefused(cluster, file)));
  }

  @Test
  void aResourceThatIsNotReconciledYetIsNotCurrent(Cluster cluster) throws IOException {
    var seen =
        new Kubectl(cluster)
            .runWithInput(
                Files.readString(FOLDER.resolve("valid/smallest.yaml")),
                "create",
                "--dry-run=server",
                "-f",
                "-",
                "-o",
                "jsonpath={.status.observedGeneration}");
    assertThat(seen).isEqualTo("-1");
  }

  @Test
  void kubectlExplainShowsTheDescriptions(Cluster cluster) {
    var kubectl = new Kubectl(cluster);
    // The API server publishes the schema of a new CRD with a delay.
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(kubectl.run("explain", "sv.spec.baseline.version"))
                    .contains("without a migration history"));
  }

  private static void isTaken(Cluster cluster, Path file) {
    var answer = create(cluster, file);
    assertThat(answer.exit()).as(answer.err()).isZero();
  }

  private static void isRefused(Cluster cluster, Path file) throws IOException {
    var first = Files.readAllLines(file).getFirst();
    assertThat(first).startsWith(SAYS);
    var answer = create(cluster, file);
    assertThat(answer.exit()).as(answer.err()).isNotZero();
    assertThat(answer.err()).contains(first.substring(SAYS.length()));
  }

  private static Answer create(Cluster cluster, Path file) {
    return new Kubectl(cluster)
        .attempt("create", "--dry-run=server", "--validate=strict", "-f", file.toString());
  }

  private static Stream<Path> files(String folder) throws IOException {
    List<Path> files;
    try (var found = Files.list(FOLDER.resolve(folder))) {
      files = found.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream();
  }

  private static DynamicTest named(Path file, org.junit.jupiter.api.function.Executable test) {
    var name = file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
    return DynamicTest.dynamicTest(name, test);
  }
}
