package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Glance;
import java.time.Instant;

/** A new environment is applied at once, with the same manifest as an existing one. */
@WithOperator
class NewDatabaseTest {
  @Story
  void anEmptyDatabaseEndsAt13AndOnlyThenTheRegistryStarts(Glance glance) {
    glance.environment("environment").apply("app");

    glance.await("Ready");
    glance.awaitRegistry();

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
}
