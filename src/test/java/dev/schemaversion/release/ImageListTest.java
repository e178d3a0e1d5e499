package dev.schemaversion.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.desired.ScratchImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/images prints the images that the operator would select with the same settings. */
class ImageListTest {
  private static final Path DEPLOYMENT = Path.of("deploy", "base", "20-deployment.yaml");
  private static final String RUNNER = "schemaversion-operator";
  private static final Map<String, String> POSTGRESQL_ONLY = Map.of("MARIADB", "", "MYSQL", "");

  @Test
  void byDefaultItListsTheOfficialImagesOfTheSupportedVersions() throws Exception {
    var images = images(Files.readString(DEPLOYMENT), Map.of());

    assertThat(images)
        .startsWith(RUNNER)
        .contains(
            ScratchImages.OFFICIAL.forServer(null),
            ScratchImages.OFFICIAL_MARIADB.forServer(null),
            ScratchImages.OFFICIAL_MYSQL.forServer(null))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres:{major}",
        "mirror:5000/db/postgres:{major}-alpine",
        "15=mirror/postgres:15,mirror/pg:{major}",
        "mirror/pg:{major}, 15=mirror/postgres:15 ,17=mirror/postgres@sha256:0123",
        "15=one,16=one,17=two"
      })
  void itSelectsAsTheOperatorDoes(String setting) throws Exception {
    var majors = List.of("15", "16", "17");
    var selected = ScratchImages.of(setting, "17");
    var environment = Map.of("MARIADB", "", "MYSQL", "", "POSTGRESQL", String.join(" ", majors));

    var images = images(withPostgresImages(setting), environment);

    assertThat(images)
        .containsExactlyElementsOf(
            Stream.concat(Stream.of(RUNNER), majors.stream().map(selected::forServer))
                .distinct()
                .toList());
  }

  @Test
  void anEngineThatIsNotUsedHasNoImages() throws Exception {
    assertThat(images(Files.readString(DEPLOYMENT), POSTGRESQL_ONLY))
        .noneMatch(image -> image.startsWith("mariadb") || image.startsWith("mysql"));
  }

  @Test
  void aManifestOfSomethingElseIsAnError() throws Exception {
    var result = Script.run(Path.of(""), "kind: ConfigMap\n", Map.of(), "deploy/images");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("the input has no Deployment of the operator");
  }

  private static String withPostgresImages(String setting) throws IOException {
    var manifest = Files.readString(DEPLOYMENT);
    assertThat(manifest).containsOnlyOnce("\"postgres:{major}\"");
    return manifest.replace("\"postgres:{major}\"", "\"" + setting + "\"");
  }

  private static List<String> images(String manifest, Map<String, String> environment)
      throws Exception {
    return Script.run(Path.of(""), manifest, environment, "deploy/images")
        .orThrow()
        .lines()
        .toList();
  }
}
