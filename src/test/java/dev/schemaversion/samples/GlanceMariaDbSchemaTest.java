package dev.schemaversion.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.MariaDbServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The migrations for MariaDB build Glance's schema, and what others made differs as in 2012. */
class GlanceMariaDbSchemaTest {
  private static final String AT_13 =
      """
      column image_members.can_share: tinyint(1) NOT NULL CHECK (`can_share` in (0,1))
      column image_members.created_at: datetime NOT NULL
      column image_members.deleted: tinyint(1) NOT NULL CHECK (`deleted` in (0,1))
      column image_members.deleted_at: datetime DEFAULT NULL
      column image_members.id: int(11) NOT NULL AUTO_INCREMENT
      column image_members.image_id: varchar(36) NOT NULL
      column image_members.member: varchar(255) NOT NULL
      column image_members.updated_at: datetime DEFAULT NULL
      column image_properties.created_at: datetime NOT NULL
      column image_properties.deleted: tinyint(1) NOT NULL CHECK (`deleted` in (0,1))
      column image_properties.deleted_at: datetime DEFAULT NULL
      column image_properties.id: int(11) NOT NULL AUTO_INCREMENT
      column image_properties.image_id: varchar(36) NOT NULL
      column image_properties.name: varchar(255) NOT NULL
      column image_properties.updated_at: datetime DEFAULT NULL
      column image_properties.value: text DEFAULT NULL
      column images.checksum: varchar(32) DEFAULT NULL
      column images.container_format: varchar(20) DEFAULT NULL
      column images.created_at: datetime NOT NULL
      column images.deleted: tinyint(1) NOT NULL CHECK (`deleted` in (0,1))
      column images.deleted_at: datetime DEFAULT NULL
      column images.disk_format: varchar(20) DEFAULT NULL
      column images.id: varchar(36) NOT NULL
      column images.is_public: tinyint(1) NOT NULL CHECK (`is_public` in (0,1))
      column images.location: text DEFAULT NULL
      column images.min_disk: int(11) NOT NULL
      column images.min_ram: int(11) NOT NULL
      column images.name: varchar(255) DEFAULT NULL
      column images.owner: varchar(255) DEFAULT NULL
      column images.protected: tinyint(1) DEFAULT NULL CHECK (`protected` in (0,1))
      column images.size: bigint(20) DEFAULT NULL
      column images.status: varchar(30) NOT NULL
      column images.updated_at: datetime DEFAULT NULL
      constraint image_members.image_members_ibfk_1: FOREIGN KEY (`image_id`) REFERENCES `images` (`id`)
      constraint image_properties.image_properties_ibfk_1: FOREIGN KEY (`image_id`) REFERENCES `images` (`id`)
      index image_members.PRIMARY: PRIMARY KEY (`id`)
      index image_members.image_id: UNIQUE KEY (`image_id`,`member`)
      index image_members.ix_image_members_deleted: KEY (`deleted`)
      index image_members.ix_image_members_image_id: KEY (`image_id`)
      index image_members.ix_image_members_image_id_member: KEY (`image_id`,`member`)
      index image_properties.PRIMARY: PRIMARY KEY (`id`)
      index image_properties.image_id: UNIQUE KEY (`image_id`,`name`)
      index image_properties.ix_image_properties_deleted: KEY (`deleted`)
      index image_properties.ix_image_properties_image_id: KEY (`image_id`)
      index image_properties.ix_image_properties_image_id_name: UNIQUE KEY (`image_id`,`name`)
      index images.PRIMARY: PRIMARY KEY (`id`)
      index images.ix_images_deleted: KEY (`deleted`)
      index images.ix_images_is_public: KEY (`is_public`)
      schema database():
      table image_members: ENGINE=InnoDB
      table image_properties: ENGINE=InnoDB
      table images: ENGINE=InnoDB
      """;

  /** What the models lack, and have instead. */
  private static final String ESSEX_DIFFERS =
      """
      - column image_members.updated_at: datetime DEFAULT NULL
      + column image_members.updated_at: datetime NOT NULL
      - column image_properties.updated_at: datetime DEFAULT NULL
      + column image_properties.updated_at: datetime NOT NULL
      - column images.protected: tinyint(1) DEFAULT NULL CHECK (`protected` in (0,1))
      + column images.protected: tinyint(1) NOT NULL CHECK (`protected` in (0,1))
      - column images.updated_at: datetime DEFAULT NULL
      + column images.updated_at: datetime NOT NULL
      + column migrate_version.repository_id: varchar(250) COLLATE latin1_swedish_ci NOT NULL
      + column migrate_version.repository_path: text COLLATE latin1_swedish_ci DEFAULT NULL
      + column migrate_version.version: int(11) DEFAULT NULL
      - index image_members.ix_image_members_deleted: KEY (`deleted`)
      - index image_members.ix_image_members_image_id: KEY (`image_id`)
      - index image_members.ix_image_members_image_id_member: KEY (`image_id`,`member`)
      - index image_properties.ix_image_properties_deleted: KEY (`deleted`)
      - index image_properties.ix_image_properties_image_id: KEY (`image_id`)
      - index image_properties.ix_image_properties_image_id_name: UNIQUE KEY (`image_id`,`name`)
      + index image_properties.ix_image_properties_name: KEY (`name`)
      - index images.ix_images_deleted: KEY (`deleted`)
      - index images.ix_images_is_public: KEY (`is_public`)
      + index migrate_version.PRIMARY: PRIMARY KEY (`repository_id`)
      + table migrate_version: ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci
      """;

  /** What 2012 was about. */
  private static final String MYISAM_DIFFERS_BESIDES =
      """
      - constraint image_members.image_members_ibfk_1: FOREIGN KEY (`image_id`) REFERENCES `images` (`id`)
      - constraint image_properties.image_properties_ibfk_1: FOREIGN KEY (`image_id`) REFERENCES `images` (`id`)
      - table image_members: ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci
      + table image_members: ENGINE=MyISAM DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci
      - table image_properties: ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci
      + table image_properties: ENGINE=MyISAM DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci
      """;

  @Test
  void theThirteenMigrationsBuildTheSchemaOfEssex() throws SQLException {
    assertThat(GlanceMariaDb.migrated(13).lines())
        .containsExactlyElementsOf(AT_13.lines().toList());
  }

  @Test
  void theDiabloDatabaseEquals9And10AndNoOther() throws SQLException {
    var diablo = GlanceMariaDb.diablo().snapshot();
    var built = GlanceMariaDb.empty();

    for (var version = 1; version <= 13; version++) {
      built.migrateTo(version);
      assertThat(Comparison.of(built.snapshot(), diablo).isEqual())
          .as("equal to %d", version)
          .isEqualTo(version == 9 || version == 10);
    }
  }

  @Test
  void whatEssexMadeByItselfIsNotWhatTheMigrationsBuildAt13() throws SQLException {
    var essex = GlanceMariaDb.essex(MariaDb.server());

    assertThat(differences(essex)).containsExactlyElementsOf(ESSEX_DIFFERS.lines().toList());
    assertThat(essex.rows("SELECT version FROM migrate_version")).containsExactly("13");
  }

  @Test
  void whereTheDefaultEngineIsMyIsamTheChildrenHaveNoForeignKeysAndItIsTold() throws SQLException {
    var essex = GlanceMariaDb.essex(MariaDbServer.start("--default-storage-engine=MyISAM"));

    // the old tool's table is of that engine too
    var expected =
        (ESSEX_DIFFERS + MYISAM_DIFFERS_BESIDES)
            .replace(
                "+ table migrate_version: ENGINE=InnoDB", "+ table migrate_version: ENGINE=MyISAM");
    assertThat(differences(essex)).containsExactlyInAnyOrderElementsOf(expected.lines().toList());
  }

  private static List<String> differences(GlanceMariaDb found) throws SQLException {
    return Comparison.of(GlanceMariaDb.migrated(13).snapshot(), found.snapshot())
        .differences()
        .stream()
        .map(Difference::toString)
        .flatMap(String::lines)
        .toList();
  }
}
