package dev.schemaversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The Helm chart is made of the shipped manifests: {@code make chart} copies them, because a chart
 * reads no file outside itself. What it renders is looked at in {@code e2e}.
 */
class ChartTest {
  private static final Path CHART = Path.of("charts", "schemaversion-operator", "manifests");
  private static final Path DEPLOY = Path.of("deploy", "base");

  /** The policies for an API server that lacks those of {@link #DEPLOY}. */
  private static final Path EARLIER = Path.of("deploy", "overlays", "kubernetes-1.30");

  private static final Path CRD = Path.of("crds", "schemaversions.schemaversion.dev.yaml");

  @Test
  void theChartHasTheManifestsAsTheyAreShipped() throws IOException {
    var shipped = contents(DEPLOY);
    shipped.putAll(contents(EARLIER));
    shipped.put("00-crd.yaml", Files.readString(CRD));

    assertThat(contents(CHART))
        .as("run 'make chart' and commit the result")
        .containsExactlyEntriesOf(shipped);
  }

  @Test
  void everyManifestIsInstalledByTheKustomizationToo() throws IOException {
    var kustomization = Files.readString(DEPLOY.resolve("kustomization.yaml"));

    assertThat(contents(DEPLOY).keySet())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(kustomization).contains("\n  - " + file + "\n"));
  }

  /** The numbered files of a folder. */
  private static Map<String, String> contents(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d.*\\.yaml"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(),
                  ChartTest::read,
                  (one, other) -> one,
                  TreeMap::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
