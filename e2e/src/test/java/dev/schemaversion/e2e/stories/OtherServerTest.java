package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import java.time.Duration;

/**
 * Another server answers under the same host name as the proven one, without a change of a
 * manifest.
 */
@Extended
@WithOperator
class OtherServerTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Story
  void anEqualDatabaseIsReportedAndProvenWithoutMigration(Glance glance) {
    glance.environment("environment").apply("app");
    isAt13(glance);
    var other = Server.another(glance, "standby");
    other.restore(Server.ofTheEnvironment(glance).dump());
    var before = other.dump();

    leadsTo(glance, other);

    assertThat(Stories.steps(glance)).endsWith("baseline Succeeded 13", "sync Succeeded 13");
    assertThat(status(glance).at("/baseline/source").asText()).isEqualTo("Proven");
    assertThat(withoutKey(other.dump())).isEqualTo(withoutKey(before));
  }

  @Story
  void anEmptyDatabaseIsReportedAndHoldsRollOutsUntilItIsMigrated(Glance glance) {
    glance.environment("environment-diablo").apply("app");
    isAt13(glance);
    assertThat(status(glance).at("/baseline/source").asText()).isEqualTo("Proven");

    leadsTo(glance, Server.another(glance, "empty"));

    assertThat(Stories.steps(glance)).endsWith("baseline Succeeded null", "sync Succeeded 13");
    // Not of the other one, which was said to be at 9.
    assertThat(status(glance).at("/baseline/source").asText()).isEqualTo("Empty");
    assertThat(status(glance).at("/baseline").has("version")).isFalse();
  }

  @Story
  void anOlderDatabaseIsReportedProvenAndMigrated(Glance glance) {
    glance
        .environment("environment")
        .apply("app", app -> app.replaceFirst("(?m)^  version: \"13\"$", "  version: \"9\""));
    glance.await("Ready");
    var backup = Server.ofTheEnvironment(glance).dump();
    Stories.want(glance, "13");
    isAt13(glance);
    var other = Server.another(glance, "older");
    other.restore(backup);

    leadsTo(glance, other);

    assertThat(Stories.steps(glance)).endsWith("baseline Succeeded 9", "sync Succeeded 13");
    assertThat(status(glance).at("/baseline/version").asText()).isEqualTo("9");
  }

  /**
   * The host name resolves to the other server. This is detected and reported, new roll-outs wait,
   * and in the end the other database is at 13.
   */
  private static void leadsTo(Glance glance, Server other) {
    var former = status(glance).at("/database/server").asText();
    assertThat(former).isEqualTo(Server.ofTheEnvironment(glance).identifier());

    other.answersAs("postgres");
    Stories.annotate(glance, "verify", other.name());
    await().atMost(LONG).until(() -> !status(glance).has("version"));
    glance.kubectl("rollout", "restart", "deployment/glance-registry");

    assertThat(glance.get("deployment", "glance-registry").at("/spec/paused").asBoolean()).isTrue();
    isAt13(glance);
    Stories.awaitEvent(glance, "Warning DatabaseChanged");
    assertThat(status(glance).at("/database/server").asText())
        .isEqualTo(other.identifier())
        .isNotEqualTo(former);
    assertThat(status(glance).at("/proof/verdict").asText()).isEqualTo("Equal");
  }

  private static void isAt13(Glance glance) {
    glance.awaitVersion("13");
    glance.await("Ready");
    glance.awaitRegistry();
  }

  private static JsonNode status(Glance glance) {
    return glance.get("sv", "glance").get("status");
  }

  /** The key is random. */
  private static String withoutKey(String dump) {
    return dump.replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }
}
