package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import java.util.List;

/**
 * A false claim about a version, as they existed in 2012, is refused: the differences are reported,
 * nothing is written, and the registry is held.
 */
@WithOperator
class RefusedClaimTest {
  /** What the migrations make and the registry, making its tables by itself, did not. */
  private static final List<String> INDEXES =
      List.of(
          "- index public.images.ix_images_is_public",
          "- index public.images.ix_images_deleted",
          "- index public.image_properties.ix_image_properties_image_id:",
          "- index public.image_properties.ix_image_properties_deleted",
          "- index public.image_properties.ix_image_properties_image_id_name",
          "- index public.image_members.ix_image_members_image_id:",
          "- index public.image_members.ix_image_members_deleted",
          "- index public.image_members.ix_image_members_image_id_member");

  private static final List<String> OTHERWISE =
      List.of(
          "+ index public.image_properties.ix_image_properties_name",
          "+ column public.images.updated_at: timestamp without time zone NOT NULL",
          "+ column public.image_properties.updated_at: timestamp without time zone NOT NULL",
          "+ column public.image_members.updated_at: timestamp without time zone NOT NULL",
          "+ column public.images.protected: boolean NOT NULL");

  private static final List<String> FOREIGN_KEYS =
      List.of(
          "- constraint public.image_members.image_members_image_id_fkey",
          "- constraint public.image_properties.image_properties_image_id_fkey");

  @Story
  void tablesThatTheRegistryMadeByItselfAreNot13ThoughTheOldToolsTableSaysSo(Glance glance) {
    refused(glance, "environment-essex", "app-baseline-13", "ClaimRefuted");

    assertThat(glance.log("baseline"))
        .contains(INDEXES)
        .contains(OTHERWISE)
        .contains("+ table public.migrate_version");
    assertThat(message(glance)).contains("acceptDifference");
    assertThat(glance.get("sv", "glance").at("/status/proof/differences").asInt())
        .isGreaterThanOrEqualTo(INDEXES.size() + OTHERWISE.size());
    assertThat(Stories.differences(glance)).hasSize(10);
  }

  @Extended
  @Story
  void andAreNot13ThoughAFlywayHistoryListsEveryScriptWithItsChecksum(Glance glance) {
    refused(glance, "environment-essex-history", "app", "HistoryContradicted");

    assertThat(glance.log("baseline")).contains(INDEXES).contains(OTHERWISE);
  }

  @Extended
  @Story
  void missingForeignKeysAreReported(Glance glance) {
    refused(glance, "environment-essex-no-foreign-keys", "app-baseline-13", "ClaimRefuted");

    assertThat(glance.log("baseline")).contains(INDEXES).contains(FOREIGN_KEYS);
  }

  @Story
  void aSplitBrainIsReportedAsSuch(Glance glance) {
    refused(glance, "environment-diablo-stamped", "app", "HistoryContradicted");

    assertThat(message(glance)).contains("9, 10");
    assertThat(glance.get("sv", "glance").at("/status/proof/equalVersions"))
        .extracting(version -> version.asText())
        .containsExactly("9", "10");
    assertThat(glance.log("baseline"))
        .contains(
            "- column public.images.protected: boolean",
            "- column public.images.min_disk: integer NOT NULL",
            "+ column public.images.min_disk: integer",
            "- column public.images.id: character varying(36) NOT NULL",
            "+ column public.images.id: integer NOT NULL");
  }

  /**
   * In 2012 every image got a new id before anything failed, and the files are named by the ids.
   */
  @Extended
  @Story
  void anEssexDatabaseClaimedToBe9KeepsTheIdOfEveryImage(Glance glance) {
    glance.environment("environment-essex");
    var ids = glance.psql("SELECT name, id FROM images ORDER BY name");
    assertThat(ids.lines()).hasSize(3);

    refused(glance, "environment-essex", "app", "ClaimRefuted");

    assertThat(glance.psql("SELECT name, id FROM images ORDER BY name")).isEqualTo(ids);
  }

  private static void refused(Glance glance, String environment, String app, String reason) {
    glance.environment(environment);
    Stories.refused(glance, glance::dump, app, reason);
  }

  private static String message(Glance glance) {
    return glance.condition("Stalled").get("message").asText();
  }
}
