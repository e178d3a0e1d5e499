package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;

/**
 * What rows, sizes, rights and changes made by hand mean for a migration is found before it runs.
 * One database goes through all of it, because each Job takes seconds.
 */
@Extended
@WithOperator
class ForesightTest {
  private static final String TWO_OF_ONE_NAME =
      """
      INSERT INTO images (id, name, status, is_public, created_at, deleted, location, min_disk, min_ram)
      SELECT 'id' || n, 'tty-quick' || n / 3, 'active', true, now(), false, 'file:///' || n, 0, 0
      FROM generate_series(1, 3) n
      """;

  /** More than 10 MiB: smaller tables are not worth a warning. */
  private static final String MANY =
      """
      INSERT INTO images (id, name, status, is_public, created_at, deleted, location, min_disk, min_ram)
      SELECT 'more' || n, 'more' || n, 'active', true, now(), false, repeat('x', 300), 0, 0
      FROM generate_series(1, 40000) n
      """;

  @Story
  void whatWouldFailOrBlockOnTheRealDatabaseIsSaidBefore(Glance glance) {
    glance.environment("environment").apply("app");
    glance.await("Ready");

    rowsThatBreakAConstraintAreCounted(glance);
    aRewriteBeyondTheLimitIsRefused(glance);
    anIndexMadeByHandIsAdopted(glance);
    anExtensionThatNeedsASuperuserIsPermitted(glance);
    aCastThatFailsOnRowsFailsOnCopiesOfThem(glance);
  }

  private static void rowsThatBreakAConstraintAreCounted(Glance glance) {
    glance.psql(TWO_OF_ONE_NAME);
    refused(
        glance,
        "14",
        "V014__unique_names.sql",
        "CREATE UNIQUE INDEX images_name ON images (name);",
        "RowsViolateConstraint",
        "images",
        "name",
        "2 rows");

    glance.psql("DELETE FROM images WHERE id = 'id2'");
    Stories.annotate(glance, "retry", "deleted");
    reached(glance, "14");
  }

  private static void aRewriteBeyondTheLimitIsRefused(Glance glance) {
    glance.psql(MANY);
    Stories.change(glance, "\"job\": {\"limits\": {\"rewrite\": \"1Mi\"}}");
    refused(
        glance,
        "15",
        "V015__large_sizes.sql",
        "ALTER TABLE images ALTER COLUMN size TYPE numeric;",
        "RewriteTooLarge",
        "images",
        "spec.job.limits.rewrite");

    Stories.change(glance, "\"job\": {\"limits\": {\"rewrite\": \"1Gi\"}}");
    reached(glance, "15");
    Stories.awaitEvent(glance, "TablesLocked: .*V015.*images");
  }

  private static void anIndexMadeByHandIsAdopted(Glance glance) {
    // Otherwise a Job for the new file alone could be replaced, after which nothing is adopted.
    Stories.change(glance, "\"suspend\": true");
    glance.psql("CREATE INDEX images_status ON images (status)");
    Stories.addMigration(
        glance,
        "V016__index_status.sql",
        "CREATE INDEX IF NOT EXISTS images_status ON images (status);");
    Stories.want(glance, "16");
    Stories.change(glance, "\"suspend\": false");
    reached(glance, "16");
    Stories.awaitEvent(glance, "HotfixAdopted: .*images_status");
  }

  private static void anExtensionThatNeedsASuperuserIsPermitted(Glance glance) {
    refused(
        glance,
        "17",
        "V017__statistics.sql",
        "CREATE EXTENSION pg_stat_statements;",
        "RehearsalFailed",
        "pg_stat_statements",
        "proof.scratch.extensions");

    Stories.change(glance, "\"proof\": {\"scratch\": {\"extensions\": [\"pg_stat_statements\"]}}");
    reached(glance, "17");
  }

  private static void aCastThatFailsOnRowsFailsOnCopiesOfThem(Glance glance) {
    // The node of the local cluster does not count its storage, so a request for it never fits.
    Stories.change(
        glance,
        """
        "proof": {
          "rehearsal": {"mode": "Rows", "maxSize": "100Mi"},
          "scratch": {"resources": {"requests": {"ephemeral-storage": "0"}}}}
        """);
    refused(
        glance,
        "18",
        "V018__locations.sql",
        "ALTER TABLE images ALTER COLUMN location TYPE date USING location::date;",
        "RehearsalFailed",
        "V018__locations.sql",
        "22007");
  }

  /** Wants a version whose migration is refused, and the database stays as it was. */
  private static void refused(
      Glance glance, String version, String file, String sql, String reason, String... message) {
    var before = glance.dump();
    Stories.addMigration(glance, file, sql);
    Stories.want(glance, version);
    glance.awaitReason("Stalled", reason);
    assertThat(glance.condition("Stalled").get("message").asText()).contains(message);
    assertThat(glance.dump()).isEqualTo(before);
  }

  private static void reached(Glance glance, String version) {
    glance.awaitVersion(version);
    glance.await("Ready");
  }
}
