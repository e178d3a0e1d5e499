package dev.schemaversion.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry works on the schema of its release, and really does not on the other one. */
class GlanceRegistryTest {

  @TempDir static Path classes;

  private final GlanceDatabase database = GlanceDatabase.diablo();

  @BeforeAll
  static void compile() {
    RegistryProcess.compile(classes);
  }

  private void upgrade() {
    database.claim(9);
    database.migrateTo(13);
  }

  private RegistryProcess start(String release) throws Exception {
    return RegistryProcess.start(release, database, classes);
  }

  @Test
  void essexFailsOnTheSchemaAtNineAndTouchesNothing() throws Exception {
    var before = GlanceSchema.of(database);
    try (var registry = start("essex")) {
      var answer = registry.get("/images");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body().path("error").asText())
          .contains("column \"protected\" does not exist");
      assertThat(registry.log().getFirst())
          .matches(
              "\\d{4}-\\d\\d-\\d\\dT\\S+Z glance-registry \\(essex\\).*cannot read images: .*\"protected\".*");
    }
    assertThat(GlanceSchema.of(database)).isEqualTo(before);
  }

  @Test
  void essexFailsOnAnEmptyDatabaseAndCreatesNoTables() throws Exception {
    var empty = GlanceDatabase.empty();
    try (var registry = RegistryProcess.start("essex", empty, classes)) {
      assertThat(registry.get("/images").status()).isEqualTo(500);
      assertThat(registry.get("/healthz").status()).isEqualTo(200);
    }
    assertThat(GlanceSchema.of(empty)).isEmpty();
  }

  @Test
  void essexServesTheUpgradedImagesWithTheirPropertiesAndMembers() throws Exception {
    upgrade();
    try (var registry = start("essex")) {
      var images = registry.get("/images").body().path("images");

      assertThat(registry.log().getFirst()).endsWith("found 6 images");
      assertThat(images.findValuesAsText("name"))
          .containsExactly(
              "oneiric-kernel",
              "oneiric-ramdisk",
              "oneiric-server",
              "shop-frontend",
              "precise-beta",
              "upload-in-progress");
      var kernel = byName(images, "oneiric-kernel");
      var server = byName(images, "oneiric-server");
      assertThat(UUID.fromString(kernel.path("id").asText()).version()).isEqualTo(4);
      assertThat(server.at("/properties/kernel_id")).isEqualTo(kernel.path("id"));
      assertThat(server.path("protected").isBoolean()).isTrue();
      assertThat(server.path("size").asLong()).isEqualTo(2147483648L);
      assertThat(byName(images, "precise-beta").path("members").toString())
          .isEqualTo(
              "[{\"member_id\":\"qa\",\"can_share\":true},{\"member_id\":\"docs\",\"can_share\":false}]");
    }
  }

  @Test
  void essexServesOneImageByItsUuid() throws Exception {
    upgrade();
    try (var registry = start("essex")) {
      var image = byName(registry.get("/images").body().path("images"), "precise-beta");

      var answer = registry.get("/images/" + image.path("id").asText());

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().path("image")).isEqualTo(image);
      assertThat(registry.get("/images/4").status()).isEqualTo(404);
      assertThat(registry.get("/images/" + UUID.randomUUID()).status()).isEqualTo(404);
      assertThat(registry.get("/elsewhere").status()).isEqualTo(404);
      assertThat(registry.send("POST", "/images").status()).isEqualTo(405);
    }
  }

  @Test
  void essexOnANewDatabaseServesNoImagesYet() throws Exception {
    var empty = GlanceDatabase.empty();
    empty.migrateTo(13);
    try (var registry = RegistryProcess.start("essex", empty, classes)) {
      assertThat(registry.get("/images").body().toString()).isEqualTo("{\"images\":[]}");
    }
  }

  @Test
  void diabloServesNumberedImagesAndFailsAfterTheUpgrade() throws Exception {
    try (var registry = start("diablo")) {
      var image = registry.get("/images/3").body().path("image");
      assertThat(image.path("id").asInt()).isEqualTo(3);
      assertThat(image.at("/properties/kernel_id").asText()).isEqualTo("1");
      assertThat(registry.get("/images/5").status()).isEqualTo(404);
      assertThat(registry.get("/images").body().path("images")).hasSize(6);

      upgrade();

      assertThat(registry.get("/images").status()).isEqualTo(500);
      assertThat(registry.get("/images/3").status()).isEqualTo(500);
    }
  }

  private static JsonNode byName(JsonNode images, String name) {
    return StreamSupport.stream(images.spliterator(), false)
        .filter(image -> image.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
