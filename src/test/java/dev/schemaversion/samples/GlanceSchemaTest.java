package dev.schemaversion.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The thirteen migrations build Glance's schema as its releases had it, leftovers included. */
class GlanceSchemaTest {

  private static final String IMAGES_9 =
      """
      column images.id: integer NOT NULL DEFAULT nextval('images_id_seq'::regclass)
      column images.name: character varying(255)
      column images.size: bigint
      column images.status: character varying(30) NOT NULL
      column images.is_public: boolean NOT NULL
      column images.location: text
      column images.created_at: timestamp without time zone NOT NULL
      column images.updated_at: timestamp without time zone
      column images.deleted_at: timestamp without time zone
      column images.deleted: boolean NOT NULL
      column images.disk_format: character varying(20)
      column images.container_format: character varying(20)
      column images.checksum: character varying(32)
      column images.owner: character varying(255)
      column images.min_disk: integer
      column images.min_ram: integer
      """;

  private static final String IMAGES_13 =
      """
      column images.id: character varying(36) NOT NULL DEFAULT nextval('images_id_seq'::regclass)
      column images.name: character varying(255)
      column images.size: bigint
      column images.status: character varying(30) NOT NULL
      column images.is_public: boolean NOT NULL
      column images.location: text
      column images.created_at: timestamp without time zone NOT NULL
      column images.updated_at: timestamp without time zone
      column images.deleted_at: timestamp without time zone
      column images.deleted: boolean NOT NULL
      column images.disk_format: character varying(20)
      column images.container_format: character varying(20)
      column images.checksum: character varying(32)
      column images.owner: character varying(255)
      column images.min_disk: integer NOT NULL
      column images.min_ram: integer NOT NULL
      column images.protected: boolean
      """;

  /** The two tables that refer to images; the argument is the type of image_id. */
  private static final String CHILDREN =
      """
      column image_members.id: integer NOT NULL DEFAULT nextval('image_members_id_seq'::regclass)
      column image_members.image_id: %1$s NOT NULL
      column image_members.member: character varying(255) NOT NULL
      column image_members.can_share: boolean NOT NULL
      column image_members.created_at: timestamp without time zone NOT NULL
      column image_members.updated_at: timestamp without time zone
      column image_members.deleted_at: timestamp without time zone
      column image_members.deleted: boolean NOT NULL
      column image_properties.id: integer NOT NULL DEFAULT nextval('image_properties_id_seq'::regclass)
      column image_properties.image_id: %1$s NOT NULL
      column image_properties.name: character varying(255) NOT NULL
      column image_properties.value: text
      column image_properties.created_at: timestamp without time zone NOT NULL
      column image_properties.updated_at: timestamp without time zone
      column image_properties.deleted_at: timestamp without time zone
      column image_properties.deleted: boolean NOT NULL
      """;

  /** The same at 9 and at 13. */
  private static final String THE_REST =
      """
      constraint image_members_image_id_fkey: image_members FOREIGN KEY (image_id) REFERENCES images(id)
      constraint image_members_image_id_member_key: image_members UNIQUE (image_id, member)
      constraint image_members_pkey: image_members PRIMARY KEY (id)
      constraint image_properties_image_id_fkey: image_properties FOREIGN KEY (image_id) REFERENCES images(id)
      constraint image_properties_image_id_key_key: image_properties UNIQUE (image_id, name)
      constraint image_properties_pkey: image_properties PRIMARY KEY (id)
      constraint images_pkey: images PRIMARY KEY (id)
      index image_members_image_id_member_key: CREATE UNIQUE INDEX ON public.image_members USING btree (image_id, member)
      index image_members_pkey: CREATE UNIQUE INDEX ON public.image_members USING btree (id)
      index image_properties_image_id_key_key: CREATE UNIQUE INDEX ON public.image_properties USING btree (image_id, name)
      index image_properties_pkey: CREATE UNIQUE INDEX ON public.image_properties USING btree (id)
      index images_pkey: CREATE UNIQUE INDEX ON public.images USING btree (id)
      index ix_image_members_deleted: CREATE INDEX ON public.image_members USING btree (deleted)
      index ix_image_members_image_id: CREATE INDEX ON public.image_members USING btree (image_id)
      index ix_image_members_image_id_member: CREATE INDEX ON public.image_members USING btree (image_id, member)
      index ix_image_properties_deleted: CREATE INDEX ON public.image_properties USING btree (deleted)
      index ix_image_properties_image_id: CREATE INDEX ON public.image_properties USING btree (image_id)
      index ix_image_properties_image_id_name: CREATE INDEX ON public.image_properties USING btree (image_id, name)
      index ix_images_deleted: CREATE INDEX ON public.images USING btree (deleted)
      index ix_images_is_public: CREATE INDEX ON public.images USING btree (is_public)
      sequence image_members_id_seq: integer OWNED BY image_members.id
      sequence image_properties_id_seq: integer OWNED BY image_properties.id
      sequence images_id_seq: integer OWNED BY images.id
      """;

  private static final String SCHEMA_9 = CHILDREN.formatted("integer") + IMAGES_9 + THE_REST;
  private static final String SCHEMA_13 =
      CHILDREN.formatted("character varying(36)") + IMAGES_13 + THE_REST;

  static Stream<Arguments> knownSchemas() {
    return Stream.of(Arguments.of(9, SCHEMA_9), Arguments.of(13, SCHEMA_13));
  }

  @ParameterizedTest(name = "at {0}")
  @MethodSource("knownSchemas")
  void theMigrationsBuildTheSchemaOfTheRelease(int version, String expected) {
    var database = GlanceDatabase.empty();

    database.migrateTo(version);

    assertThat(GlanceSchema.of(database)).containsExactlyElementsOf(expected.lines().toList());
  }

  @Test
  void theDiabloDatabaseHasTheSchemaTheMigrationsBuildAtNineAndNothingElse() {
    assertThat(GlanceSchema.of(GlanceDatabase.diablo()))
        .containsExactlyElementsOf(SCHEMA_9.lines().toList());
  }

  @Test
  void nothingInTheDiabloDatabaseSaysWhichVersionItHas() {
    assertThat(
            GlanceDatabase.diablo()
                .rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))
        .containsExactly("image_members", "image_properties", "images");
  }

  @Test
  void anUpgradedDiabloDatabaseHasTheSchemaOfANewOne() {
    var database = GlanceDatabase.diablo();

    database.claim(9);
    database.migrateTo(13);

    assertThat(GlanceSchema.of(database)).containsExactlyElementsOf(SCHEMA_13.lines().toList());
  }

  @Test
  void allThirteenFitIntoOneTransaction() {
    var database = GlanceDatabase.empty();

    database.flyway().group(true).mixed(false).load().migrate();

    assertThat(GlanceSchema.of(database)).containsExactlyElementsOf(SCHEMA_13.lines().toList());
  }

  /** From version to version; what 1, 2 and 8 create is seen whole in the schemas above. */
  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(
            3,
            """
            + column images.container_format: character varying(20)
            + column images.disk_format: character varying(20)
            - column images.type: character varying(30)
            """),
        Arguments.of(4, "+ column images.checksum: character varying(32)\n"),
        Arguments.of(
            5,
            """
            + column images.size: bigint
            - column images.size: integer
            """),
        Arguments.of(
            6,
            """
            + column image_properties.name: character varying(255) NOT NULL
            + constraint image_properties_image_id_key_key: image_properties UNIQUE (image_id, name)
            + index image_properties_image_id_key_key: CREATE UNIQUE INDEX ON public.image_properties USING btree (image_id, name)
            + index ix_image_properties_image_id_name: CREATE INDEX ON public.image_properties USING btree (image_id, name)
            - column image_properties.key: character varying(255) NOT NULL
            - constraint image_properties_image_id_key_key: image_properties UNIQUE (image_id, key)
            - index image_properties_image_id_key_key: CREATE UNIQUE INDEX ON public.image_properties USING btree (image_id, key)
            - index ix_image_properties_image_id_key: CREATE INDEX ON public.image_properties USING btree (image_id, key)
            """),
        Arguments.of(7, "+ column images.owner: character varying(255)\n"),
        Arguments.of(
            9,
            """
            + column images.min_disk: integer
            + column images.min_ram: integer
            """),
        Arguments.of(10, ""),
        Arguments.of(
            11,
            """
            + column images.min_disk: integer NOT NULL
            + column images.min_ram: integer NOT NULL
            - column images.min_disk: integer
            - column images.min_ram: integer
            """),
        Arguments.of(
            12,
            """
            + column image_members.image_id: character varying(36) NOT NULL
            + column image_properties.image_id: character varying(36) NOT NULL
            + column images.id: character varying(36) NOT NULL DEFAULT nextval('images_id_seq'::regclass)
            - column image_members.image_id: integer NOT NULL
            - column image_properties.image_id: integer NOT NULL
            - column images.id: integer NOT NULL DEFAULT nextval('images_id_seq'::regclass)
            """),
        Arguments.of(13, "+ column images.protected: boolean\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void eachMigrationChangesWhatItsOriginalDid(int version, String expected) {
    var database = GlanceDatabase.empty();
    database.migrateTo(version - 1);
    var before = GlanceSchema.of(database);

    database.migrateTo(version);

    assertThat(difference(before, GlanceSchema.of(database)))
        .containsExactlyElementsOf(expected.lines().toList());
  }

  @Test
  void theImagesTableBeginsAsItDidInTheFirstVersion() {
    var database = GlanceDatabase.empty();

    database.migrateTo(1);

    assertThat(GlanceSchema.of(database))
        .contains(
            "column images.type: character varying(30)",
            "column images.size: integer",
            "index ix_images_is_public: CREATE INDEX ON public.images USING btree (is_public)",
            "index ix_images_deleted: CREATE INDEX ON public.images USING btree (deleted)")
        .hasSize(11 + 1 + 3 + 1);
  }

  private static List<String> difference(List<String> before, List<String> after) {
    var lines = new ArrayList<String>();
    after.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("+ " + line));
    before.stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("- " + line));
    return lines.stream().sorted().toList();
  }
}
