package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.stories.MariaDb.Product;
import java.time.Instant;
import java.util.List;

/** The stories of the Glance example on MariaDB or MySQL, where they happened in 2012. */
abstract class MariaDbStories {
  private static final String UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

  private static final String HISTORY =
      "SELECT CONCAT(type, ' ', TRIM(LEADING '0' FROM version)) FROM flyway_schema_history WHERE success ORDER BY installed_rank";

  /** Which property and member belongs to which image, by what does not change: its name. */
  private static final String BELONGINGS =
      """
      SELECT i.name, 'property', p.name FROM image_properties p JOIN images i ON i.id = p.image_id
      UNION ALL
      SELECT i.name, 'member', m.member FROM image_members m JOIN images i ON i.id = m.image_id
      ORDER BY 1, 2, 3
      """;

  private static final List<String> INDEXES =
      List.of(
          "- index images.ix_images_is_public",
          "- index images.ix_images_deleted",
          "- index image_properties.ix_image_properties_image_id:",
          "- index image_properties.ix_image_properties_deleted",
          "- index image_properties.ix_image_properties_image_id_name",
          "- index image_members.ix_image_members_image_id:",
          "- index image_members.ix_image_members_deleted",
          "- index image_members.ix_image_members_image_id_member",
          "+ index image_properties.ix_image_properties_name");

  /** The difference that stayed unnoticed in 2012. */
  private static final List<String> MYISAM =
      List.of(
          "- constraint image_members.image_members_ibfk_1: FOREIGN KEY",
          "- constraint image_properties.image_properties_ibfk_1: FOREIGN KEY",
          "+ table image_members: ENGINE=MyISAM",
          "+ table image_properties: ENGINE=MyISAM");

  private final Product product;

  MariaDbStories(Product product) {
    this.product = product;
  }

  private MariaDb on(Glance glance) {
    return new MariaDb(glance, product);
  }

  /** One of the folders of the example that there are for each of the two. */
  private String folder(String name) {
    return name.formatted(product.image());
  }

  @Story
  void anEmptyDatabaseEndsAt13AndOnlyThenTheRegistryStarts(Glance glance) {
    glance.environment(folder("environment-%s")).apply(folder("app-%s"));

    glance.await("Ready");
    glance.awaitRegistry();

    var status = glance.get("sv", "glance").get("status");
    assertThat(status.at("/version").asText()).isEqualTo("13");
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(glance.condition("Baselined").get("reason").asText()).isEqualTo("Empty");
    assertThat(glance.condition("Proven").get("status").asText()).isEqualTo("True");
    assertThat(glance.registry("/images").get("images")).isEmpty();
    assertThat(Stories.syncEnded(glance)).isNotEqualTo(Instant.MIN);
    assertThat(Stories.registryStarts(glance))
        .hasSize(2)
        .allSatisfy(start -> assertThat(start).isAfterOrEqualTo(Stories.syncEnded(glance)));
    assertThat(on(glance).query(HISTORY)).hasSize(13);
  }

  @Story
  void withBaseline9TheLastFourMigrationsRunAndEveryPropertyAndMemberStaysWithItsImage(
      Glance glance) {
    var database = on(glance);
    glance.environment(folder("environment-%s-diablo"));
    var belongings = database.query(BELONGINGS);
    assertThat(belongings).isNotEmpty();

    glance.apply(folder("app-%s"));
    glance.await("Ready");
    glance.awaitRegistry();

    assertThat(glance.condition("Baselined").get("reason").asText()).isEqualTo("Proven");
    assertThat(database.query(HISTORY))
        .containsExactly("BASELINE 9", "SQL 10", "SQL 11", "SQL 12", "SQL 13");
    assertThat(database.query("SELECT id FROM images"))
        .isNotEmpty()
        .allMatch(id -> id.matches(UUID));
    assertThat(database.query(BELONGINGS)).isEqualTo(belongings);
    assertThat(glance.registry("/images").get("images"))
        .isNotEmpty()
        .allSatisfy(image -> assertThat(image.get("id").asText()).matches(UUID));
  }

  @Extended
  @Story
  void tablesThatTheRegistryMadeByItselfAreNot13ThoughTheOldToolsTableSaysSo(Glance glance) {
    refused(glance, "environment-%s-essex", "app-%s-baseline-13");

    assertThat(glance.log("baseline")).contains(INDEXES);
  }

  @Extended
  @Story
  void childTablesWithoutForeignKeysAreReported(Glance glance) {
    refused(glance, "environment-%s-essex-myisam", "app-%s-baseline-13");

    assertThat(glance.log("baseline")).contains(INDEXES).contains(MYISAM);
  }

  @Extended
  @Story
  void anEssexDatabaseClaimedToBe9KeepsTheIdOfEveryImage(Glance glance) {
    refused(glance, "environment-%s-essex", "app-%s");
  }

  private void refused(Glance glance, String environment, String app) {
    glance.environment(folder(environment));
    Stories.refused(glance, on(glance)::dump, folder(app), "ClaimRefuted");
  }

  /** No statement of it is run where each would have stayed. */
  @Story
  void aMigrationThatFailsHalfWayFailsOnTheCloneOnly(Glance glance) {
    var database = on(glance);
    glance.environment(folder("environment-%s")).apply(folder("app-%s"));
    glance.await("Ready");
    var before = database.dump();

    Stories.addMigration(
        glance,
        "glance-migrations-mariadb",
        "V014__owners.sql",
        "CREATE TABLE owners (name VARCHAR(255));\nCREATE INDEX ix_owner ON images (tenant);");
    Stories.want(glance, "14");
    glance.await("Stalled");

    var stalled = glance.condition("Stalled");
    assertThat(stalled.get("reason").asText()).isEqualTo("RehearsalFailed");
    assertThat(stalled.get("message").asText()).contains("V014__owners.sql", "line 2", "tenant");
    assertThat(database.dump()).isEqualTo(before);
  }

  /** MySQL's MyISAM has no room for keys of this length, so the engine is another one here. */
  @Extended
  @Story
  void driftIsReportedAndRepairClearsIt(Glance glance) {
    var database = on(glance);
    glance
        .environment(folder("environment-%s"))
        .apply(folder("app-%s"), Stories.with("drift: {interval: 10s}"));
    glance.await("Ready");
    database.query(
        """
        DROP INDEX ix_images_deleted ON images;
        ALTER TABLE image_members DROP FOREIGN KEY image_members_ibfk_1;
        ALTER TABLE image_members ENGINE = MEMORY
        """);

    glance.awaitReason("Proven", "Drifted");
    assertThat(Stories.differences(glance))
        .anySatisfy(line -> assertThat(line).startsWith("- index images.ix_images_deleted"))
        .anySatisfy(line -> assertThat(line).contains("- constraint image_members.image"))
        .anySatisfy(line -> assertThat(line).contains("+ table image_members: ENGINE=MEMORY"));

    database.query(
        """
        ALTER TABLE image_members ENGINE = InnoDB;
        ALTER TABLE image_members ADD CONSTRAINT image_members_ibfk_1
          FOREIGN KEY (image_id) REFERENCES images (id);
        CREATE INDEX ix_images_deleted ON images (deleted)
        """);
    glance.await("Ready");
  }
}
