package dev.schemaversion.runner.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.Line;
import org.junit.jupiter.api.Test;

/**
 * Parses the output of MySQL that differs from MariaDB's; MariaDbDifferencesTest covers a real
 * server.
 */
class MySqlTextTest {
  @Test
  void aTableOfMySqlIsParsed() {
    var table =
        new MariaDbTable(
            "t",
            new SqlText(
                """
                CREATE TABLE `t` (
                  `id` int NOT NULL AUTO_INCREMENT,
                  `name` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT NULL,
                  `text` text COLLATE utf8mb4_bin,
                  `hidden` int DEFAULT NULL /*!80023 INVISIBLE */,
                  PRIMARY KEY (`id`),
                  KEY `i` ((`id` + 1)) /*!80000 INVISIBLE */ COMMENT 'x',
                  CONSTRAINT `t_chk_1` CHECK ((`id` > 0)) /*!80016 NOT ENFORCED */
                ) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 \
                COLLATE=utf8mb4_0900_ai_ci STATS_PERSISTENT=0
                /*!50100 PARTITION BY RANGE (`id`)
                (PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,
                 PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */"""));

    assertThat(table.lines().stream().sorted())
        .extracting(Line::toString)
        .containsExactly(
            "column t.hidden: int DEFAULT NULL /*!80023 INVISIBLE */",
            "column t.id: int NOT NULL AUTO_INCREMENT",
            "column t.name: varchar(20) COLLATE latin1_bin DEFAULT NULL",
            "column t.text: text COLLATE utf8mb4_bin",
            "constraint t.t_chk_1: CHECK ((`id` > 0)) /*!80016 NOT ENFORCED */",
            "index t.PRIMARY: PRIMARY KEY (`id`)",
            "index t.i: KEY ((`id` + 1)) /*!80000 INVISIBLE */",
            "partition t.p0: VALUES LESS THAN (10)",
            "partition t.p1: VALUES LESS THAN MAXVALUE",
            "table t: ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci"
                + " PARTITION BY RANGE (`id`)");
    assertThat(table.notes())
        .containsExactlyInAnyOrder(
            "comment on index i of table t: 'x'",
            "column order of table t: id, name, text, hidden",
            "storage of table t: STATS_PERSISTENT=0");
  }
}
