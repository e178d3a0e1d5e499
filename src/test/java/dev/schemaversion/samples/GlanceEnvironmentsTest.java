package dev.schemaversion.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The sample's databases that are not what they are said to be: each differs from what the
 * migrations build exactly as those of 2012 did.
 */
class GlanceEnvironmentsTest {

  private static final Path ESSEX = script("environment-essex", "essex.sql");
  private static final Path MIGRATE_VERSION = script("environment-essex", "migrate-version.sql");
  private static final Path HISTORY = script("environment-essex-history", "flyway-history.sql");
  private static final Path NO_FOREIGN_KEYS =
      script("environment-essex-no-foreign-keys", "no-foreign-keys.sql");
  private static final Path STAMP = script("environment-diablo-stamped", "stamp.sql");
  private static final Path FROM_MODELS =
      script("environment-diablo-auto-created", "from-models.sql");

  /** What both releases' models lack, and have instead. */
  private static final String MODELS_DIFFER =
      """
      ~ constraint public.image_properties.image_properties_image_id_key_key → public.image_properties.image_properties_image_id_name_key
      - index public.image_members.ix_image_members_deleted: USING btree (deleted)
      - index public.image_members.ix_image_members_image_id: USING btree (image_id)
      - index public.image_members.ix_image_members_image_id_member: USING btree (image_id, member)
      - index public.image_properties.ix_image_properties_deleted: USING btree (deleted)
      - index public.image_properties.ix_image_properties_image_id: USING btree (image_id)
      - index public.image_properties.ix_image_properties_image_id_name: USING btree (image_id, name)
      + index public.image_properties.ix_image_properties_name: USING btree (name)
      - index public.images.ix_images_deleted: USING btree (deleted)
      - index public.images.ix_images_is_public: USING btree (is_public)
      """;

  private static final String ESSEX_DIFFERS =
      """
      - column public.image_members.updated_at: timestamp without time zone
      + column public.image_members.updated_at: timestamp without time zone NOT NULL
      - column public.image_properties.updated_at: timestamp without time zone
      + column public.image_properties.updated_at: timestamp without time zone NOT NULL
      - column public.images.id: character varying(36) NOT NULL DEFAULT nextval('public.images_id_seq'::regclass)
      + column public.images.id: character varying(36) NOT NULL
      - column public.images.protected: boolean
      + column public.images.protected: boolean NOT NULL
      - column public.images.updated_at: timestamp without time zone
      + column public.images.updated_at: timestamp without time zone NOT NULL
      """
          + MODELS_DIFFER
          + """
      - sequence public.images_id_seq: AS integer START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 OWNED BY public.images.id
      """;

  private static final String HISTORY_ROWS =
      """
      SELECT installed_rank, version, description, type, script, checksum, success
      FROM flyway_schema_history ORDER BY installed_rank
      """;

  private static final String HISTORY_TABLE =
      """
      SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = 'flyway_schema_history'::regclass AND a.attnum > 0
      UNION ALL
      SELECT 'index', indexdef, NULL, NULL FROM pg_indexes WHERE tablename = 'flyway_schema_history'
      """;

  @Test
  void whatEssexMadeByItselfIsNotWhatTheMigrationsBuildAt13() throws SQLException {
    assertThat(differences(migrated(13), made(ESSEX)))
        .containsExactlyElementsOf(ESSEX_DIFFERS.lines().toList());
  }

  @Test
  void withoutItsForeignKeysItLacksThoseTwoBesides() throws SQLException {
    var whole = differences(migrated(13), made(ESSEX));

    assertThat(differences(migrated(13), made(ESSEX, NO_FOREIGN_KEYS)))
        .containsAll(whole)
        .hasSize(whole.size() + 2)
        .contains(
            "- constraint public.image_members.image_members_image_id_fkey:"
                + " FOREIGN KEY (image_id) REFERENCES public.images(id)",
            "- constraint public.image_properties.image_properties_image_id_fkey:"
                + " FOREIGN KEY (image_id) REFERENCES public.images(id)");
  }

  @Test
  void theOldToolsTableSays13() {
    var database = made(ESSEX, MIGRATE_VERSION);

    assertThat(database.rows("SELECT repository_id, version FROM migrate_version"))
        .containsExactly("Glance Migrations | 13");
  }

  @Test
  void theHistoryIsWhatFlywayWritesForTheThirteenScripts() {
    var written = migrated(13);
    var made = made(ESSEX, HISTORY, MIGRATE_VERSION);

    assertThat(made.rows(HISTORY_TABLE)).isEqualTo(written.rows(HISTORY_TABLE));
    assertThat(made.rows(HISTORY_ROWS)).hasSize(13).isEqualTo(written.rows(HISTORY_ROWS));
    assertThat(made.flyway().load().validateWithResult().validationSuccessful).isTrue();
    assertThat(made.flyway().load().migrate().migrationsExecuted).isZero();
  }

  @Test
  void theStampIsWhatFlywayWritesWhenItIsTold13() {
    var written = GlanceDatabase.diablo();
    written.claim(13);
    var made = made(GlanceDatabase.DIABLO, STAMP);

    assertThat(made.rows(HISTORY_TABLE)).isEqualTo(written.rows(HISTORY_TABLE));
    assertThat(made.rows(HISTORY_ROWS)).hasSize(1).isEqualTo(written.rows(HISTORY_ROWS));
    assertThat(made.flyway().load().validateWithResult().validationSuccessful).isTrue();
    assertThat(made.flyway().load().migrate().migrationsExecuted).isZero();
  }

  @Test
  void theStampedDiabloDatabaseEquals9And10AndNoOther() throws SQLException {
    var found = snapshot(made(GlanceDatabase.DIABLO, STAMP));
    var built = GlanceDatabase.empty();

    for (var version = 1; version <= 13; version++) {
      built.migrateTo(version);
      assertThat(Comparison.of(snapshot(built), found).isEqual())
          .as("equal to %d", version)
          .isEqualTo(version == 9 || version == 10);
    }
  }

  @Test
  void whatDiabloMadeByItselfLacksTheIndexesAndKeepsItsRows() throws SQLException {
    var database = made(GlanceDatabase.DIABLO, FROM_MODELS);

    assertThat(differences(migrated(9), database))
        .containsExactlyElementsOf(MODELS_DIFFER.lines().toList());
    assertThat(database.rows("SELECT count(*) FROM images")).containsExactly("7");
  }

  @Test
  void withBaseline9TheAutoCreatedDiabloDatabaseCanBeMigratedAndStaysWithoutIndexes()
      throws SQLException {
    var database = made(GlanceDatabase.DIABLO, FROM_MODELS);
    var before = differences(migrated(9), database);
    database.claim(9);

    database.migrateTo(13);

    assertThat(differences(migrated(13), database)).isEqualTo(before);
  }

  private static GlanceDatabase migrated(int version) {
    var database = GlanceDatabase.empty();
    database.migrateTo(version);
    return database;
  }

  private static GlanceDatabase made(Path... scripts) {
    var database = GlanceDatabase.empty();
    for (var script : scripts) {
      database.execute(script);
    }
    return database;
  }

  private static List<String> differences(GlanceDatabase expected, GlanceDatabase found)
      throws SQLException {
    return Comparison.of(snapshot(expected), snapshot(found)).differences().stream()
        .map(Difference::toString)
        .flatMap(String::lines)
        .toList();
  }

  private static Snapshot snapshot(GlanceDatabase database) throws SQLException {
    try (var connection = database.connect()) {
      return new SnapshotReader(connection, Scope.of("public")).readAlone();
    }
  }

  private static Path script(String folder, String file) {
    return GlanceDatabase.SAMPLE.resolve(folder).resolve(file);
  }
}
