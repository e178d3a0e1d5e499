package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import java.time.Duration;
import java.util.Map;

/** Each kind of script that Flyway runs as SQL, on a database in use. */
@WithOperator
class FlywayKindsTest {
  private static final String VIEW =
      "DROP VIEW IF EXISTS image_names;\nCREATE VIEW image_names AS SELECT %s FROM images;\n";

  @Story
  void eachKindOfScriptRunsAndIsProvenAndAChangedViewNeedsNoNewVersion(Glance glance) {
    glance.environment("environment").apply("app");
    glance.await("Ready");
    Stories.addMigrations(
        glance,
        Map.of(
            "README.md",
            "The migrations of the registry.",
            "V014__index_images_by_name.sql",
            "CREATE INDEX CONCURRENTLY ix_images_by_name ON images (name);\n",
            "V015__analyze.sql",
            "ANALYZE images;\n",
            "V015__analyze.sql.conf",
            "executeInTransaction=false\n",
            "R__image_names.sql",
            VIEW.formatted("name"),
            "beforeMigrate.sql",
            "CREATE TABLE IF NOT EXISTS migrated (at timestamptz);\n",
            "afterMigrate__note.sql",
            "INSERT INTO migrated VALUES (now());\n"));
    Stories.want(glance, "15");
    glance.awaitVersion("15");
    glance.await("Ready");

    assertThat(glance.get("sv", "glance").at("/status/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(
            glance.psql(
                "SELECT indisvalid FROM pg_index"
                    + " WHERE indexrelid = 'ix_images_by_name'::regclass"))
        .isEqualTo("t");
    assertThat(glance.psql("SELECT script FROM flyway_schema_history WHERE version IS NULL"))
        .isEqualTo("R__image_names.sql");
    assertThat(glance.psql("SELECT count(*) > 0 FROM migrated")).isEqualTo("t");

    Stories.addMigration(glance, "R__image_names.sql", VIEW.formatted("name, status"));
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(
                        glance.psql(
                            "SELECT count(*) FROM information_schema.columns"
                                + " WHERE table_name = 'image_names'"))
                    .isEqualTo("2"));
    glance.await("Ready");
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("15");
    assertThat(glance.get("sv", "glance").at("/status/proof/verdict").asText()).isEqualTo("Equal");
  }
}
