package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A backup is restored that is older than the programs require. */
@Extended
@WithOperator
class RestoredBackupTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Story
  void newRollOutsWaitUntilTheBackupIsProvenAndMigrated(Glance glance) {
    glance.environment("environment-diablo").apply("app", wanting("9"));
    glance.await("Ready");
    var server = Server.ofTheEnvironment(glance);
    var backup = server.dump();
    assertThat(backup).contains("flyway_schema_history");
    Stories.want(glance, "13");
    isAt13(glance);

    server.restore(backup);
    Stories.annotate(glance, "verify", "restored");
    await().atMost(LONG).until(() -> !version(glance).equals("13"));
    glance.kubectl("rollout", "restart", "deployment/glance-registry");

    assertHeld(glance);
    assertThat(glance.condition("Ready").get("status").asText()).isEqualTo("False");
    Stories.awaitEvent(
        glance, "Warning VersionWithdrawn: .*was proven to be at 13, and now its history says 9");
    isAt13(glance);
    assertThat(Stories.steps(glance)).endsWith("prove Succeeded 9", "sync Succeeded 13");
    assertThat(glance.psql("SELECT count(*) FROM images WHERE length(id) <> 36")).isEqualTo("0");
  }

  /** From before anybody migrated: it has no history, and is what baseline.version claims. */
  @Story
  void aBackupWithoutHistoryStartsWithTheBaseline(Glance glance) {
    glance.environment("environment-diablo");
    var server = Server.ofTheEnvironment(glance);
    var backup = server.dump();
    glance.apply("app");
    isAt13(glance);

    server.restore(backup);
    Stories.annotate(glance, "verify", "restored");
    await().atMost(LONG).until(() -> !version(glance).equals("13"));
    glance.kubectl("rollout", "restart", "deployment/glance-registry");

    assertHeld(glance);
    Stories.awaitEvent(
        glance, "Warning VersionWithdrawn: .*was proven to be at 13, and now has no history");
    isAt13(glance);
    assertThat(Stories.steps(glance)).endsWith("baseline Succeeded 9", "sync Succeeded 13");
    assertThat(glance.get("sv", "glance").at("/status/baseline/source").asText())
        .isEqualTo("Proven");
  }

  private static UnaryOperator<String> wanting(String version) {
    return manifests ->
        manifests.replaceFirst("(?m)^  version: \"13\"$", "  version: \"" + version + "\"");
  }

  private static void isAt13(Glance glance) {
    glance.awaitVersion("13");
    glance.await("Ready");
    glance.awaitRegistry();
  }

  private static String version(Glance glance) {
    return glance.get("sv", "glance").at("/status/version").asText();
  }

  private static void assertHeld(Glance glance) {
    assertThat(glance.get("deployment", "glance-registry").at("/spec/paused").asBoolean()).isTrue();
  }
}
