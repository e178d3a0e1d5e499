package dev.schemaversion.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.decide.specs.Crd;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Chart.yaml tells Artifact Hub is true. */
class ArtifactHubTest {
  private static final Path CHART = Path.of("charts", "schemaversion-operator");

  @Test
  void theImagesAreThoseOfTheDefaultValues() throws Exception {
    var image = yaml(CHART.resolve("values.yaml")).path("image");
    var manifest =
        Files.readString(CHART.resolve("manifests/20-deployment.yaml"))
            .replace(
                "value: schemaversion-operator",
                "value: " + image.path("repository").asText() + ":" + image.path("tag").asText());
    var images = Script.run(Path.of(""), manifest, Map.of(), "deploy/images").orThrow();

    assertThat(annotation("images"))
        .extracting(one -> one.path("image").asText())
        .containsExactlyElementsOf(images.lines().toList());
    assertThat(annotation("images"))
        .extracting(one -> one.path("name").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void theCrdIsTheOneThatTheChartInstalls() throws IOException {
    var installed = yaml(CHART.resolve("manifests/00-crd.yaml"));
    var told = annotation("crds").path(0);

    assertThat(annotation("crds")).hasSize(1);
    assertThat(told.path("kind")).isEqualTo(installed.at("/spec/names/kind"));
    assertThat(told.path("name")).isEqualTo(installed.at("/metadata/name"));
    assertThat(told.path("version")).isEqualTo(installed.at("/spec/versions/0/name"));
  }

  @Test
  void theExampleIsAcceptedByTheCrd() throws IOException {
    assertThat(annotation("crdsExamples")).hasSize(1);
    assertThat(Crd.committed().accepts(annotation("crdsExamples").path(0))).isTrue();
  }

  /** Not about Artifact Hub, but of the same chart: Helm's own test creates a SchemaVersion. */
  @Test
  void theResourceOfTheChartsTestIsAcceptedByTheCrd() throws IOException {
    var resource =
        Files.readString(CHART.resolve("templates/tests/installation.yaml"))
            .lines()
            .dropWhile(line -> !line.startsWith("apiVersion: schemaversion.dev/"))
            .takeWhile(line -> !line.equals("---"))
            .map(line -> line.replaceAll("\\{\\{[^}]*}}", "test"))
            .reduce("", (above, line) -> above + line + "\n");

    assertThat(Crd.committed().accepts(Serialization.unmarshal(resource, JsonNode.class)))
        .as(resource)
        .isTrue();
  }

  @Test
  void aPrereleaseIsMarked() throws IOException {
    var chart = yaml(CHART.resolve("Chart.yaml"));

    assertThat(chart.at("/annotations/artifacthub.io~1prerelease").asText())
        .isEqualTo(String.valueOf(chart.path("version").asText().contains("-")));
    assertThat(chart.path("appVersion")).isEqualTo(chart.path("version"));
  }

  private static JsonNode annotation(String name) throws IOException {
    var text = yaml(CHART.resolve("Chart.yaml")).at("/annotations/artifacthub.io~1" + name);
    return Serialization.unmarshal(text.asText(), JsonNode.class);
  }

  private static JsonNode yaml(Path file) throws IOException {
    return Serialization.unmarshal(Files.readString(file), JsonNode.class);
  }
}
