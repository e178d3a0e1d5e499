package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Glance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody ships a migration with a mistake in it. */
@ExtendWith(OnGlance.class)
class BrokenMigrationTest {
  @BeforeEach
  void theRegistryRunsAt13AndABroken14IsApplied(Glance glance) {
    glance.environment("environment").apply("app");
    glance.await("Ready");
    glance.awaitRegistry();
    glance.apply("migrations-broken");
    glance.await("Stalled");
  }

  @Test
  void itStallsNamingFileLineAndSqlStateAndTheRegistryKeepsRunningAndTheFixGoesOn(Glance glance) {
    var stalled = glance.condition("Stalled");
    assertThat(stalled.get("reason").asText()).isEqualTo("MigrationFailed");
    assertThat(stalled.get("message").asText())
        .contains("V014__index_images_by_owner.sql", "line 4", "42703", "schemaversion.dev/retry");
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");
    assertThat(glance.get("deployment", "glance-registry").at("/status/availableReplicas").asInt())
        .isEqualTo(2);
    assertThat(glance.registry("/images").get("images")).isEmpty();

    glance.apply("migrations-fixed");
    glance.awaitVersion("14");
    glance.await("Ready");
  }

  @Test
  void theRetryAnnotationTriesAgainWithoutAChangeOfTheMigrations(Glance glance) {
    // What the script misses comes from elsewhere.
    glance.psql("ALTER TABLE images ADD COLUMN tenant varchar(255)");

    glance.kubectl("annotate", "sv", "glance", "schemaversion.dev/retry=column-added");

    glance.awaitVersion("14");
    glance.await("Ready");
  }
}
