package dev.schemaversion.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.testing.MariaDb;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * As {@link GlanceUpgradeTest}: on MariaDB and MySQL too nobody's image, property or member is
 * lost.
 */
class GlanceMariaDbUpgradeTest {
  private static final String PROPERTIES =
      """
      SELECT CONCAT_WS(' | ', i.name, p.name, COALESCE(CONCAT('image ', r.name), p.value, 'null'))
      FROM image_properties p JOIN images i ON i.id = p.image_id
      LEFT JOIN images r ON p.name IN ('kernel_id', 'ramdisk_id') AND r.id = p.value
      ORDER BY i.name, p.name
      """;

  private static final String MEMBERS =
      """
      SELECT CONCAT_WS(' | ', i.name, m.member, m.can_share)
      FROM image_members m JOIN images i ON i.id = m.image_id ORDER BY i.name, m.member
      """;

  /** All but what the migrations change. */
  private static final List<String> OTHER_COLUMNS =
      List.of(
          """
          SELECT JSON_ARRAY(name, size, status, is_public, location, created_at, deleted_at,
            deleted, disk_format, container_format, checksum, owner, min_disk, min_ram)
          FROM images ORDER BY name""",
          """
          SELECT JSON_ARRAY(id, name, created_at, updated_at, deleted_at, deleted)
          FROM image_properties ORDER BY id""",
          """
          SELECT JSON_ARRAY(id, member, can_share, created_at, updated_at, deleted_at, deleted)
          FROM image_members ORDER BY id""");

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private static final String IDS = "SELECT CONCAT(name, ' ', id) FROM images ORDER BY name";

  private final GlanceMariaDb diablo = GlanceMariaDb.diablo();

  @Test
  void everyImageGetsAnIdOfItsOwnAndAllThatBelongsToItFollows() {
    var properties = diablo.rows(PROPERTIES);
    var members = diablo.rows(MEMBERS);
    var others = OTHER_COLUMNS.stream().map(diablo::rows).toList();

    diablo.claim(9).migrateTo(13);

    assertThat(diablo.rows("SELECT id FROM images"))
        .hasSize(7)
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).matches(UUID));
    assertThat(diablo.rows(PROPERTIES))
        .isEqualTo(properties)
        .containsExactly(
            "natty-server | kernel_id | image oneiric-kernel",
            "oneiric-server | distro | oneiric",
            "oneiric-server | kernel_id | image oneiric-kernel",
            "oneiric-server | ramdisk_id | image oneiric-ramdisk",
            "precise-beta | build_number | 3",
            "precise-beta | distro | precise",
            "shop-frontend | kernel_id | image oneiric-kernel",
            "shop-frontend | ramdisk_id | 99",
            "upload-in-progress | note | null");
    assertThat(diablo.rows(MEMBERS)).hasSize(4).isEqualTo(members);
    assertThat(OTHER_COLUMNS.stream().map(diablo::rows).toList()).isEqualTo(others);
    assertThat(diablo.rows("SELECT DISTINCT protected FROM images")).containsExactly("0");
    assertThat(diablo.rows("SELECT COUNT(*) FROM images WHERE updated_at IS NULL"))
        .containsExactly("0");
  }

  @Test
  void theUpgradedDatabaseHasTheSchemaOfANewOne() throws SQLException {
    diablo.claim(9).migrateTo(13);

    assertThat(diablo.snapshot().fingerprint())
        .isEqualTo(GlanceMariaDb.migrated(13).snapshot().fingerprint());
  }

  @Test
  void idsThatAreUuidsAlreadyAreNotGivenAnewAndNothingIsTouched() throws SQLException {
    diablo.claim(9).migrateTo(13);
    var ids = diablo.rows(IDS);
    var schema = diablo.snapshot();
    diablo.execute("DROP TABLE flyway_schema_history");
    diablo.claim(9);

    assertThatThrownBy(() -> diablo.migrateTo(12))
        .hasMessageContaining("V012__id_to_uuid.sql")
        .rootCause()
        .hasMessageContaining(
            MariaDb.product() == Product.MARIADB ? "old_id" : "'image_uuids_chk_1' is violated");
    assertThat(diablo.rows(IDS)).isEqualTo(ids);
    assertThat(diablo.snapshot().lines()).isEqualTo(schema.lines());
  }

  @Test
  void anImageWithoutItsNeedsStopsTheMigration() throws SQLException {
    diablo.execute("UPDATE images SET min_ram = NULL WHERE name = 'precise-beta'");
    diablo.claim(9);

    assertThatThrownBy(() -> diablo.migrateTo(13))
        .hasMessageContaining("V011__make_mindisk_and_minram_notnull.sql")
        .rootCause()
        .hasMessageContaining(
            MariaDb.product() == Product.MARIADB ? "min_ram" : "Invalid use of NULL value");

    assertThat(diablo.rows("SELECT MAX(version + 0) FROM flyway_schema_history WHERE success"))
        .containsExactly("10");
    assertThat(diablo.lines())
        .containsAll(GlanceMariaDb.written("column images.min_disk: int(11) DEFAULT NULL"));
  }

  @Test
  void theTypeOfAnImageIsKeptAsAPropertyUnlessThereIsOne() {
    var database = GlanceMariaDb.migrated(2);
    database.execute(
        """
        INSERT INTO images (name, type, status, is_public, created_at, deleted) VALUES
          ('raw', 'raw', 'active', TRUE, '2010-10-10 10:10:10', FALSE),
          ('own', 'machine', 'active', TRUE, '2010-10-10 10:10:10', FALSE),
          ('none', NULL, 'active', TRUE, '2010-10-10 10:10:10', FALSE);
        INSERT INTO image_properties (image_id, `key`, value, created_at, deleted)
          SELECT id, 'type', 'set by hand', '2011-11-11 11:11:11', FALSE FROM images
          WHERE name = 'own'
        """);

    database.migrateTo(3);

    assertThat(
            database.rows(
                """
                SELECT CONCAT_WS(' | ', i.name, p.`key`, p.value, p.created_at, p.deleted)
                FROM image_properties p JOIN images i ON i.id = p.image_id ORDER BY i.name
                """))
        .containsExactly(
            "own | type | set by hand | 2011-11-11 11:11:11 | 0",
            "raw | type | raw | 2010-10-10 10:10:10 | 0");
  }

  @Test
  void imagesThatAreThereNeedNoDiskAndNoMemory() {
    var database = GlanceMariaDb.migrated(8);
    database.execute(
        "INSERT INTO images (name, status, is_public, created_at, deleted)"
            + " VALUES ('old', 'active', TRUE, '2011-01-01 00:00:00', FALSE)");

    database.migrateTo(9);

    assertThat(database.rows("SELECT CONCAT(min_disk, ' ', min_ram) FROM images"))
        .containsExactly("0 0");
  }
}
