package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The manifest for krew has what krew requires (its validation of plugins), and no other field. */
class KrewManifestTest {
  private static final Path FOLDER = Path.of("deploy", "krew");

  private JsonNode manifest;

  @BeforeEach
  void read() throws IOException {
    manifest =
        Serialization.unmarshal(
            Files.readString(FOLDER.resolve("schemaversion.yaml")), JsonNode.class);
  }

  @Test
  void theKindAndTheNameAreThoseThatKrewLooksFor() {
    assertThat(manifest.at("/apiVersion").asText())
        .isEqualTo("krew.googlecontainertools.github.com/v1alpha2");
    assertThat(manifest.at("/kind").asText()).isEqualTo("Plugin");
    assertThat(manifest.at("/metadata/name").asText()).isEqualTo("schemaversion");
  }

  @Test
  void theSpecHasOnlyFieldsThatKrewKnows() {
    assertThat(names(manifest.get("spec")))
        .containsExactlyInAnyOrder(
            "version", "homepage", "shortDescription", "description", "caveats", "platforms");
    assertThat(manifest.at("/spec/version").asText()).matches("v\\d+\\.\\d+\\.\\d+");
    assertThat(manifest.at("/spec/shortDescription").asText())
        .isNotEmpty()
        .doesNotContain("\n")
        .hasSizeLessThanOrEqualTo(50);
  }

  @Test
  void everyPlatformHasAnArchiveAndASelectorOfOsAndArch() {
    assertThat(manifest.at("/spec/platforms"))
        .isNotEmpty()
        .allSatisfy(
            platform -> {
              assertThat(names(platform))
                  .containsExactlyInAnyOrder("selector", "uri", "sha256", "files", "bin");
              assertThat(platform.get("uri").asText()).matches("https://.*\\.zip");
              assertThat(platform.get("sha256").asText()).matches("[a-f0-9]{64}");
              assertThat(platform.at("/selector/matchExpressions"))
                  .isNotEmpty()
                  .allSatisfy(each -> assertThat(each.get("key").asText()).isIn("os", "arch"));
            });
  }

  /** As krew moves them: each name that the pattern matches, into the folder. */
  @Test
  void theProgramIsInTheArchiveOfTheCommandLine() throws IOException {
    var assembly = Files.readString(Path.of("src", "main", "assembly", "cli.xml"));
    var platform = manifest.at("/spec/platforms/0");

    assertThat(assembly)
        .contains("<baseDirectory>schemaversion-${project.version}</baseDirectory>")
        .contains("<destName>kubectl-schemaversion</destName>")
        .contains("<destName>kubectl_complete-schemaversion</destName>");
    assertThat(platform.at("/files/0/from").asText()).isEqualTo("schemaversion-*/*");
    assertThat(platform.at("/files/0/to").asText()).isEqualTo(".");
    assertThat(platform.at("/bin").asText()).isEqualTo("bin/kubectl-schemaversion");
    assertThat(Path.of("src", "main", "assembly", "bin", "schemaversion"))
        .isExecutable()
        .content()
        .contains("kubectl " + KubectlCommand.COMPLETE);
  }

  private static List<String> names(JsonNode object) {
    return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
        .toList();
  }
}
