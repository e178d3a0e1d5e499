package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;

/**
 * A broken migration fails in the rehearsal on a clone, before it can fail on the real database.
 */
@WithOperator
class RehearsalTest {
  @Story
  void aBrokenMigrationLeavesDatabaseAndRegistryUntouchedAndAFixIsApplied(Glance glance) {
    isAt13(glance);
    glance.awaitRegistry();
    var before = glance.dump();

    glance.apply("migrations-broken");
    glance.await("Stalled");

    var stalled = glance.condition("Stalled");
    assertThat(stalled.get("reason").asText()).isEqualTo("RehearsalFailed");
    assertThat(stalled.get("message").asText())
        .contains("V014__index_images_by_owner.sql", "line 4", "42703", "schemaversion.dev/retry");
    assertThat(glance.dump()).isEqualTo(before);
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");
    assertThat(glance.get("deployment", "glance-registry").at("/status/availableReplicas").asInt())
        .isEqualTo(2);
    assertThat(glance.registry("/images").get("images")).isEmpty();

    glance.apply("migrations-fixed");
    glance.awaitVersion("14");
    glance.await("Ready");
  }

  /** No replay of the migrations alone would find it: only the real database has the view. */
  @Extended
  @Story
  void aMigrationThatFailsBecauseOfAnUnknownViewIsDetectedToo(Glance glance) {
    glance
        .environment("environment")
        .apply("app", Stories.with("proof: {ignore: [\"* public.report_*\"]}"));
    glance.await("Ready");
    glance.psql("CREATE VIEW report_names AS SELECT name, count(*) FROM images GROUP BY name");
    var before = glance.dump();

    Stories.addMigration(
        glance, "V014__long_names.sql", "ALTER TABLE images ALTER COLUMN name TYPE text;");
    Stories.want(glance, "14");
    glance.await("Stalled");

    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo("RehearsalFailed");
    assertThat(glance.condition("Stalled").get("message").asText())
        .contains("V014__long_names.sql", "view");
    assertThat(glance.dump()).isEqualTo(before);

    glance.psql("DROP VIEW report_names");
    Stories.annotate(glance, "retry", "view-dropped");
    glance.awaitVersion("14");
    glance.await("Ready");
  }

  @Extended
  @Story
  void theRetryAnnotationStartsAnotherAttempt(Glance glance) {
    isAt13(glance);
    Stories.addMigration(glance, "V014__reporting.sql", "GRANT SELECT ON images TO reporting;");
    Stories.want(glance, "14");
    glance.await("Stalled");
    assertThat(glance.condition("Stalled").get("message").asText()).contains("42704");

    // What the script misses comes from elsewhere.
    glance.psql("CREATE ROLE reporting");
    Stories.annotate(glance, "retry", "role-created");

    glance.awaitVersion("14");
    glance.await("Ready");
  }

  private static void isAt13(Glance glance) {
    glance.environment("environment").apply("app");
    glance.await("Ready");
  }
}
