package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Migrations are read from an image in a registry, and from several ConfigMaps. */
@Extended
@WithOperator
@ExtendWith(OnCluster.class)
class ImageMigrationsTest {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final int CONFIG_MAP_HOLDS = 1 << 20;
  private static final String CONFIG_MAPS = "    configMapRefs:\n    - name: glance-migrations\n";

  private static ImageRegistry registry;

  @BeforeAll
  static void startRegistry(Cluster cluster) {
    registry = new ImageRegistry(cluster);
  }

  @Story
  void aSetLargerThanAConfigMapIsMigratedAndProven(Glance glance) throws IOException {
    var files = glanceMigrations("/db/migrations/essex/");
    // In a folder of its own: the next release's.
    files.put("/db/migrations/folsom/V014__seed.sql", seed());
    assertThat(seed()).hasSizeGreaterThan(CONFIG_MAP_HOLDS);
    var reference = registry.push("large:14", files);

    glance
        .environment("environment")
        .apply("app", from(reference, "/db/migrations").andThen(wanting("14"))::apply);
    glance.await("Ready");
    glance.awaitRegistry();

    var status = glance.get("sv", "glance").get("status");
    assertThat(status.get("version").asText()).isEqualTo("14");
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(status.at("/image/reference").asText()).isEqualTo(reference);
    assertThat(status.at("/image/content").asText())
        .matches("sha256:[0-9a-f]{64}")
        .isEqualTo(status.at("/synced/migrations").asText());
    assertThat(glance.psql("SELECT count(*) FROM seed")).isEqualTo("20000");
  }

  @Story
  void aMovedTagIsIgnoredAndANewDigestIsApplied(Glance glance) throws IOException {
    var files = glanceMigrations("/migrations/");
    registry.push("moving:latest", files);
    glance
        .environment("environment")
        .apply("app", from(registry.reference("moving:latest"), "/migrations"));
    glance.await("Ready");

    files.put("/migrations/V014__more.sql", "CREATE TABLE more (id integer);");
    var digest = registry.push("moving:latest", files);
    Stories.want(glance, "14");

    glance.awaitReason("Ready", "InputsChanged");
    assertThat(glance.condition("Ready").get("message").asText())
        .contains("its tag has been moved", "by its digest");
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");
    assertThat(glance.psql("SELECT to_regclass('more')")).isEmpty();

    Stories.change(
        glance, "\"migrations\": {\"image\": {\"reference\": \"%s\"}}".formatted(digest));
    glance.awaitVersion("14");
    glance.await("Ready");
  }

  @Story
  void aMissingImageIsReportedAndAnotherImageReplacesIt(Glance glance) throws IOException {
    glance
        .environment("environment")
        .apply("app", from(registry.reference("no-such-image:1"), "/migrations"));

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(glance.condition("Ready").at("/message").asText())
                    .contains("no-such-image:1"));
    var there = registry.push("there:1", glanceMigrations("/migrations/"));
    Stories.change(glance, "\"migrations\": {\"image\": {\"reference\": \"%s\"}}".formatted(there));

    glance.await("Ready");
  }

  @Story
  void severalConfigMapsAreOneSet(Glance glance) {
    glance.environment("environment");
    glance.kubectl(
        "create",
        "configmap",
        "folsom",
        "--from-literal=V014__more.sql=CREATE TABLE more (id integer);");
    glance.apply(
        "app",
        wanting("14")
                .andThen(text -> text.replace(CONFIG_MAPS, CONFIG_MAPS + "    - name: folsom\n"))
            ::apply);
    glance.await("Ready");
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("14");

    // The second one counts like the first.
    glance.kubectl(
        "patch",
        "configmap",
        "folsom",
        "--type=merge",
        "-p",
        "{\"data\": {\"V015__drop.sql\": \"DROP TABLE more;\"}}");
    Stories.want(glance, "15");
    glance.awaitVersion("15");
    assertThat(glance.psql("SELECT to_regclass('more')")).isEmpty();
  }

  private static UnaryOperator<String> from(String reference, String path) {
    return text -> {
      assertThat(text).contains(CONFIG_MAPS);
      return text.replace(
          CONFIG_MAPS, "    image: {reference: \"%s\", path: %s}\n".formatted(reference, path));
    };
  }

  private static UnaryOperator<String> wanting(String version) {
    return text -> text.replaceAll("(?m)^  version: \"13\"$", "  version: \"" + version + "\"");
  }

  private static Map<String, String> glanceMigrations(String folder) throws IOException {
    var files = new TreeMap<String, String>();
    var samples = Checkout.root().resolve("deploy/samples/glance/migrations");
    try (var scripts = Files.newDirectoryStream(samples, "V*.sql")) {
      for (var script : scripts) {
        files.put(folder + script.getFileName(), Files.readString(script));
      }
    }
    return files;
  }

  private static String seed() {
    var sql = new StringBuilder("CREATE TABLE seed (id integer PRIMARY KEY, word text);\n");
    for (int i = 1; i <= 20_000; i++) {
      sql.append(
          "INSERT INTO seed VALUES (%d, 'a word of some length for number %d');\n".formatted(i, i));
    }
    return sql.toString();
  }
}
