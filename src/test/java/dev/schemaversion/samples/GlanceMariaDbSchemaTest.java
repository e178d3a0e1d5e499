package dev.schemaversion.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.MariaDbServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The migrations for MariaDB and MySQL build Glance's schema, and what others made differs as in
 * 2012.
 */
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

  /** MySQL numbers them in the order in which they are written. */
  private static final String CHECKS_OF_MYSQL =
      """
      constraint image_members.image_members_chk_1: CHECK ((`can_share` in (0,1)))
      constraint image_members.image_members_chk_2: CHECK ((`deleted` in (0,1)))
      constraint image_properties.image_properties_chk_1: CHECK ((`deleted` in (0,1)))
      constraint images.images_chk_1: CHECK ((`is_public` in (0,1)))
      constraint images.images_chk_2: CHECK ((`deleted` in (0,1)))
      constraint images.images_chk_3: CHECK ((`protected` in (0,1)))
      """;

  /** The models have another order of columns. */
  private static final String OTHER_NUMBERS_OF_CHECKS =
      """
      - constraint image_members.image_members_chk_1: CHECK ((`can_share` in (0,1)))
      + constraint image_members.image_members_chk_1: CHECK ((`deleted` in (0,1)))
      - constraint image_members.image_members_chk_2: CHECK ((`deleted` in (0,1)))
      + constraint image_members.image_members_chk_2: CHECK ((`can_share` in (0,1)))
      - constraint images.images_chk_1: CHECK ((`is_public` in (0,1)))
      + constraint images.images_chk_1: CHECK ((`deleted` in (0,1)))
      - constraint images.images_chk_2: CHECK ((`deleted` in (0,1)))
      + constraint images.images_chk_2: CHECK ((`is_public` in (0,1)))
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
        .containsExactlyElementsOf(written(AT_13, CHECKS_OF_MYSQL).stream().sorted().toList());
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

    assertThat(differences(GlanceMariaDb.migrated(13), essex))
        .containsExactlyInAnyOrderElementsOf(written(ESSEX_DIFFERS, OTHER_NUMBERS_OF_CHECKS));
    assertThat(essex.rows("SELECT version FROM migrate_version")).containsExactly("13");
  }

  @Test
  void whereTheDefaultEngineIsMyIsamTheChildrenHaveNoForeignKeysAndItIsTold() throws SQLException {
    // With MySQL's own default, four bytes a character, MyISAM has no place for the indexes.
    var server =
        MariaDbServer.start(
            "--default-storage-engine=MyISAM",
            "--character-set-server=utf8mb3",
            "--collation-server=utf8mb3_unicode_ci");
    var essex = GlanceMariaDb.essex(server);

    assertThat(differences(GlanceMariaDb.migrated(server, 13), essex))
        .containsExactlyInAnyOrderElementsOf(
            written(
                inUtf8mb3(ESSEX_DIFFERS + MYISAM_DIFFERS_BESIDES)
                    // the old tool's table is of that engine too
                    .replace(
                        "+ table migrate_version: ENGINE=InnoDB",
                        "+ table migrate_version: ENGINE=MyISAM"),
                OTHER_NUMBERS_OF_CHECKS));
  }

  private static String inUtf8mb3(String lines) {
    return lines.replace("latin1_swedish_ci", "utf8mb3_unicode_ci").replace("=latin1", "=utf8mb3");
  }

  private static List<String> written(String lines, String besidesOnMySql) {
    var besides = MariaDb.product() == Product.MYSQL ? besidesOnMySql : "";
    return GlanceMariaDb.written(lines + besides);
  }

  private static List<String> differences(GlanceMariaDb built, GlanceMariaDb found)
      throws SQLException {
    return Comparison.of(built.snapshot(), found.snapshot()).differences().stream()
        .map(Difference::toString)
        .flatMap(String::lines)
        .toList();
  }
}
