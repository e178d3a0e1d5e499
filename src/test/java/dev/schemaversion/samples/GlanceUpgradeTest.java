package dev.schemaversion.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the migrations do with the rows that are there: nobody's image, property or member is lost
 * or mixed up.
 */
class GlanceUpgradeTest {

  /** A kernel and a ramdisk are told by the image's name where its id is known. */
  private static final String PROPERTIES =
      """
      SELECT i.name, p.name, coalesce('image ' || r.name, p.value)
      FROM image_properties p JOIN images i ON i.id = p.image_id
      LEFT JOIN images r ON p.name IN ('kernel_id', 'ramdisk_id') AND r.id::text = p.value
      ORDER BY i.name, p.name
      """;

  private static final String MEMBERS =
      """
      SELECT i.name, m.member, m.can_share FROM image_members m JOIN images i ON i.id = m.image_id
      ORDER BY i.name, m.member
      """;

  private static final List<String> OTHER_COLUMNS =
      List.of(
          "SELECT to_jsonb(i) - 'id' - 'updated_at' - 'protected' FROM images i ORDER BY i.name",
          "SELECT to_jsonb(p) - 'image_id' - 'value' FROM image_properties p ORDER BY p.id",
          "SELECT to_jsonb(m) - 'image_id' FROM image_members m ORDER BY m.id");

  private static final String UUID_V4 =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  private final GlanceDatabase diablo = GlanceDatabase.diablo();

  private void upgrade() {
    diablo.claim(9);
    diablo.migrateTo(13);
  }

  @Test
  void everyImageGetsAnIdOfItsOwn() {
    upgrade();

    assertThat(diablo.rows("SELECT id FROM images"))
        .hasSize(7)
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).matches(UUID_V4));
  }

  @Test
  void everyPropertyStillBelongsToItsImageAndKernelsAndRamdisksAreFollowed() {
    assertThat(diablo.rows(PROPERTIES)).as("before").hasSize(9);
    var before = diablo.rows(PROPERTIES);

    upgrade();

    assertThat(diablo.rows(PROPERTIES))
        .containsExactly(
            "natty-server | kernel_id | image oneiric-kernel",
            "oneiric-server | distro | oneiric",
            "oneiric-server | kernel_id | image oneiric-kernel",
            "oneiric-server | ramdisk_id | image oneiric-ramdisk",
            "precise-beta | build_number | 3",
            "precise-beta | distro | precise",
            "shop-frontend | kernel_id | image oneiric-kernel",
            "shop-frontend | ramdisk_id | 99",
            "upload-in-progress | note | null")
        .isEqualTo(before);
    assertThat(diablo.rows("SELECT value FROM image_properties WHERE name = 'kernel_id'"))
        .hasSize(3)
        .allSatisfy(value -> assertThat(value).matches(UUID_V4));
  }

  @Test
  void everyMemberStillBelongsToItsImage() {
    upgrade();

    assertThat(diablo.rows(MEMBERS))
        .containsExactly(
            "precise-beta | docs | f",
            "precise-beta | qa | t",
            "shop-frontend | packaging | f",
            "shop-frontend | qa | f");
  }

  @Test
  void anImageThatWasNeverChangedCountsAsChangedWhenItWasMade() {
    assertThat(diablo.rows("SELECT name FROM images WHERE updated_at IS NULL")).hasSize(4);

    upgrade();

    assertThat(diablo.rows("SELECT name, updated_at FROM images ORDER BY name"))
        .containsExactly(
            "natty-server | 2012-01-05 12:00:00",
            "oneiric-kernel | 2011-10-13 09:00:00",
            "oneiric-ramdisk | 2011-10-13 09:01:00",
            "oneiric-server | 2011-11-02 17:30:00",
            "precise-beta | 2012-03-02 10:00:00",
            "shop-frontend | 2012-02-11 07:45:00",
            "upload-in-progress | 2012-04-02 14:20:00");
  }

  @Test
  void noImageIsProtectedYet() {
    upgrade();

    assertThat(diablo.rows("SELECT DISTINCT protected FROM images")).containsExactly("f");
  }

  @Test
  void everythingElseIsLeftAsItWas() {
    var before = OTHER_COLUMNS.stream().map(diablo::rows).toList();

    upgrade();

    assertThat(OTHER_COLUMNS.stream().map(diablo::rows).toList()).isEqualTo(before);
  }

  @Test
  void theScriptThatGivesNewIdsLeavesNoTableBehindInItsSession() throws Exception {
    try (var connection = diablo.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          Files.readString(GlanceDatabase.MIGRATIONS.resolve("V012__id_to_uuid.sql")));

      try (var left =
          statement.executeQuery("SELECT relname FROM pg_class WHERE relpersistence = 't'")) {
        assertThat(left.next()).isFalse();
      }
    }
  }

  @Test
  void idsThatAreUuidsAlreadyAreNotGivenAnew() {
    upgrade();
    var ids = diablo.rows("SELECT name, id FROM images ORDER BY name");
    diablo.execute("DROP TABLE flyway_schema_history");
    diablo.claim(9);

    assertThatThrownBy(() -> diablo.migrateTo(13))
        .hasMessageContaining("V012__id_to_uuid.sql")
        .rootCause()
        .hasMessageContaining("column \"old_id\" is of type integer");
    assertThat(diablo.rows("SELECT name, id FROM images ORDER BY name")).isEqualTo(ids);
  }

  @Test
  void anImageWithoutItsNeedsStopsTheMigrationAndKeepsNothingHalfDone() {
    diablo.execute("UPDATE images SET min_ram = NULL WHERE name = 'precise-beta'");
    diablo.claim(9);

    assertThatThrownBy(() -> diablo.migrateTo(13))
        .rootCause()
        .hasMessageContaining("column \"min_ram\" of relation \"images\" contains null values");

    assertThat(diablo.rows("SELECT max(version::int) FROM flyway_schema_history WHERE success"))
        .containsExactly("10");
    assertThat(GlanceSchema.of(diablo)).contains("column images.min_disk: integer");
  }

  @Test
  void theTypeOfAnImageIsKeptAsAPropertyUnlessThereIsOne() {
    var database = GlanceDatabase.empty();
    database.migrateTo(2);
    database.execute(
        """
        INSERT INTO images (name, type, status, is_public, created_at, deleted) VALUES
          ('raw', 'raw', 'active', TRUE, '2010-10-10 10:10:10', FALSE),
          ('own', 'machine', 'active', TRUE, '2010-10-10 10:10:10', FALSE),
          ('none', NULL, 'active', TRUE, '2010-10-10 10:10:10', FALSE);
        INSERT INTO image_properties (image_id, key, value, created_at, deleted)
          SELECT id, 'type', 'set by hand', '2011-11-11 11:11:11', FALSE FROM images WHERE name = 'own'
        """);

    database.migrateTo(3);

    assertThat(
            database.rows(
                """
                SELECT i.name, p.key, p.value, p.created_at, p.deleted
                FROM image_properties p JOIN images i ON i.id = p.image_id ORDER BY i.name
                """))
        .containsExactly(
            "own | type | set by hand | 2011-11-11 11:11:11 | f",
            "raw | type | raw | 2010-10-10 10:10:10 | f");
  }

  @Test
  void imagesThatAreThereNeedNoDiskAndNoMemory() {
    var database = GlanceDatabase.empty();
    database.migrateTo(8);
    database.execute(
        "INSERT INTO images (name, status, is_public, created_at, deleted)"
            + " VALUES ('old', 'active', TRUE, '2011-01-01 00:00:00', FALSE)");

    database.migrateTo(9);

    assertThat(database.rows("SELECT min_disk, min_ram FROM images")).containsExactly("0 | 0");
  }

  @Test
  void theBrokenFourteenthSaysWhereItFailsAndTheFixedOneGoesOnFromThirteen() {
    var database = GlanceDatabase.empty();
    database.migrateTo(13);
    var at13 = GlanceSchema.of(database);
    var broken = database.flyway(GlanceDatabase.SAMPLE.resolve("migrations-broken")).load();

    assertThatThrownBy(broken::migrate)
        .hasMessageContaining("V014__index_images_by_owner.sql")
        .hasMessageContaining("Line       : 4")
        .hasMessageContaining("SQL State  : 42703");
    assertThat(GlanceSchema.of(database)).isEqualTo(at13);

    database.flyway(GlanceDatabase.SAMPLE.resolve("migrations-fixed")).load().migrate();
    assertThat(GlanceSchema.of(database))
        .contains(
            "index ix_images_owner: CREATE INDEX ON public.images USING btree (owner)",
            "column images.protected: boolean DEFAULT false");
  }
}
