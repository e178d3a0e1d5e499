package dev.schemaversion.e2e.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.Glance;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Base64;

/**
 * A new environment is applied at once, with the same manifest as an existing one; its Secret has
 * one URL, as platforms write it.
 */
@WithOperator
class NewDatabaseTest {
  @Story
  void anEmptyDatabaseEndsAt13AndOnlyThenTheRegistryStarts(Glance glance) {
    glance.environment("environment");
    glance.kubectl(
        "create", "secret", "generic", "platform", "--from-literal=DATABASE_URL=" + url(glance));
    glance.apply(
        "app",
        manifests ->
            manifests.replaceFirst(
                "secretRef:\n( +)name: glance-db",
                "secretRef:\n$1name: platform\n$1keys: {uri: DATABASE_URL}"));

    glance.await("Ready");
    glance.awaitRegistry();

    assertThat(glance.get("sv", "glance").at("/spec/database/secretRef/name").asText())
        .isEqualTo("platform");
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");
    assertThat(glance.condition("Baselined").get("reason").asText()).isEqualTo("Empty");
    assertThat(glance.condition("Proven").get("status").asText()).isEqualTo("True");
    assertThat(glance.get("sv", "glance").at("/status/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(glance.registry("/images").get("images")).isEmpty();
    assertThat(Stories.syncEnded(glance)).isNotEqualTo(Instant.MIN);
    assertThat(Stories.registryStarts(glance))
        .hasSize(2)
        .allSatisfy(start -> assertThat(start).isAfterOrEqualTo(Stories.syncEnded(glance)));
    assertThat(glance.psql("SELECT count(*) FROM flyway_schema_history WHERE success"))
        .isEqualTo("13");
  }

  private static String url(Glance glance) {
    var secret = glance.get("secret", "glance-db").get("data");
    return "postgresql://%s:%s@%s/%s"
        .formatted(
            encoded(secret, "username"),
            encoded(secret, "password"),
            encoded(secret, "host"),
            encoded(secret, "dbname"));
  }

  private static String encoded(JsonNode secret, String key) {
    var value = new String(Base64.getDecoder().decode(secret.get(key).asText()), UTF_8);
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
