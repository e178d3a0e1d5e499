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
                  .containsExactlyInAnyOrder("selector", "uri", "sha256", "bin");
              assertThat(platform.get("uri").asText()).matches("https://.*\\.tar\\.gz");
              assertThat(platform.get("sha256").asText()).matches("[a-f0-9]{64}");
              assertThat(platform.at("/selector/matchExpressions"))
                  .isNotEmpty()
                  .allSatisfy(each -> assertThat(each.get("key").asText()).isIn("os", "arch"));
            });
  }

  @Test
  void theProgramsOfTheArchiveAreExecutable() {
    var program = FOLDER.resolve(manifest.at("/spec/platforms/0/bin").asText());

    assertThat(program).isExecutable().content().contains(KubectlCommand.class.getName());
    assertThat(FOLDER.resolve("kubectl_complete-schemaversion"))
        .isExecutable()
        .content()
        .contains("kubectl-schemaversion " + KubectlCommand.COMPLETE);
  }

  private static List<String> names(JsonNode object) {
    return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
        .toList();
  }
}
