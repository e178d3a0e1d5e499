package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import java.time.Duration;

/** A change of the schema by hand is detected as drift. */
@WithOperator
class DriftTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Story
  void driftIsReportedWithinAnIntervalAndRepairClearsIt(Glance glance) {
    isAt13(glance, "{interval: 10s}");
    glance.psql(
        """
        DROP INDEX ix_images_deleted;
        ALTER TABLE image_members ALTER COLUMN member TYPE varchar(300);
        CREATE FUNCTION by_hand() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER by_hand BEFORE INSERT ON images FOR EACH ROW EXECUTE FUNCTION by_hand();
        """);

    glance.awaitReason("Proven", "Drifted");

    assertThat(String.join("\n", Stories.differences(glance)))
        .contains(
            "- index public.images.ix_images_deleted",
            "- column public.image_members.member: character varying(255) NOT NULL",
            "+ column public.image_members.member: character varying(300) NOT NULL",
            "+ trigger public.images.by_hand",
            "+ function public.by_hand()");
    assertThat(glance.condition("Ready").get("status").asText()).isEqualTo("False");
    // It is reported, and what was proven still counts for roll-outs.
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");

    glance.psql(
        """
        DROP TRIGGER by_hand ON images;
        DROP FUNCTION by_hand();
        ALTER TABLE image_members ALTER COLUMN member TYPE varchar(255);
        CREATE INDEX ix_images_deleted ON images (deleted);
        """);

    glance.await("Ready");
    assertThat(glance.condition("Proven").get("status").asText()).isEqualTo("True");
    assertThat(Stories.differences(glance)).isEmpty();
  }

  @Extended
  @Story
  void aChangedHistoryTableIsDriftToo(Glance glance) {
    isAt13(glance, "{interval: 0s}");
    glance.psql("DELETE FROM flyway_schema_history WHERE version = '013'");

    Stories.annotate(glance, "verify", "history-edited");

    await()
        .atMost(LONG)
        .until(() -> glance.condition("Proven").at("/status").asText().equals("False"));
    assertThat(glance.condition("Proven").get("message").asText()).contains("12");
  }

  @Story
  void onDriftHoldHoldsNewRollOutsUntilTheRepair(Glance glance) {
    isAt13(glance, "{interval: 10s, onDrift: Hold}");
    glance.psql("DROP INDEX ix_images_deleted");
    glance.awaitReason("Proven", "Drifted");

    glance.kubectlWithInput(Programs.deployment("late", "glance", "13"), "apply", "-f", "-");
    assertThat(glance.get("deployment", "late").at("/spec/paused").asBoolean()).isTrue();

    glance.psql("CREATE INDEX ix_images_deleted ON images (deleted)");
    await()
        .atMost(LONG)
        .until(() -> !glance.get("deployment", "late").at("/spec/paused").asBoolean());
  }

  private static void isAt13(Glance glance, String drift) {
    glance.environment("environment").apply("app", Stories.with("drift: " + drift));
    glance.await("Ready");
  }
}
