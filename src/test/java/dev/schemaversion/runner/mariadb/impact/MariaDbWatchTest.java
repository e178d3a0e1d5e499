package dev.schemaversion.runner.mariadb.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.impact.ImpactRecorder;
import dev.schemaversion.testing.MariaDb;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What MariaDB would choose for statements that change a table. */
class MariaDbWatchTest {
  private static MariaDb.Database database;

  @BeforeAll
  static void start() {
    MariaDb.onlyMariaDb("MySQL chooses otherwise");
    database = MariaDb.fresh();
  }

  @BeforeEach
  void createTables() {
    database.execute(
        "SET foreign_key_checks = 0",
        "DROP TABLE IF EXISTS images, owners, parts, ranges, plain, renamed, other",
        "CREATE TABLE owners (id int PRIMARY KEY) ENGINE = InnoDB",
        "CREATE TABLE images (id int PRIMARY KEY, owner int, name varchar(10), price int,"
            + " KEY by_name (name), CONSTRAINT fk FOREIGN KEY (owner) REFERENCES owners (id))"
            + " ENGINE = InnoDB CHARACTER SET latin1",
        "CREATE TABLE ranges (id int) ENGINE = InnoDB PARTITION BY RANGE (id)"
            + " (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
        "CREATE TABLE parts (id int) ENGINE = InnoDB PARTITION BY HASH (id) PARTITIONS 2",
        "CREATE TABLE plain (id int, n int) ENGINE = MyISAM");
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        of("ALTER TABLE images ADD COLUMN c int", "INSTANT images ALGORITHM=INSTANT"),
        of("ALTER TABLE images ADD c int NOT NULL DEFAULT 7", "INSTANT images ALGORITHM=INSTANT"),
        of("ALTER TABLE images DROP COLUMN price", "INSTANT images ALGORITHM=INSTANT"),
        of("ALTER TABLE images MODIFY name varchar(20)", "INSTANT images ALGORITHM=INSTANT"),
        of(
            "alter table `images` modify price bigint -- wider",
            "COPY images ALGORITHM=COPY, LOCK=NONE"),
        of(
            "ALTER TABLE images MODIFY price int NOT NULL",
            "REBUILD images ALGORITHM=INPLACE, LOCK=NONE"),
        of(
            "ALTER TABLE images ADD FULLTEXT INDEX f (name)",
            "REBUILD images ALGORITHM=INPLACE, LOCK=SHARED"),
        of("CREATE INDEX i ON images (price)", "IN_PLACE images ALGORITHM=NOCOPY, LOCK=NONE"),
        of(
            "CREATE UNIQUE INDEX i ON images (price) -- one",
            "IN_PLACE images ALGORITHM=NOCOPY, LOCK=NONE"),
        of("DROP INDEX by_name ON images", "INSTANT images neither rows nor an index were written"),
        of("ALTER TABLE images ENGINE = InnoDB", "REBUILD images ALGORITHM=INPLACE, LOCK=NONE"),
        of(
            "ALTER TABLE images CONVERT TO CHARACTER SET utf8mb4",
            "COPY images ALGORITHM=COPY, LOCK=NONE"),
        of(
            "ALTER TABLE images DROP FOREIGN KEY fk",
            "INSTANT images neither rows nor an index were written"),
        of(
            "ALTER TABLE images MODIFY price bigint, ALGORITHM=COPY, LOCK=SHARED",
            "COPY images ALGORITHM=COPY, LOCK=SHARED"),
        of("ALTER TABLE images RENAME TO renamed", "INSTANT images ALGORITHM=INSTANT"),
        of("ALTER TABLE images RENAME COLUMN price TO cost", "INSTANT images ALGORITHM=INSTANT"),
        of(
            "ALTER TABLE parts PARTITION BY HASH (id) PARTITIONS 3",
            "COPY parts ALGORITHM=COPY, LOCK=NONE"),
        of("ALTER TABLE plain MODIFY n bigint", "COPY plain ALGORITHM=COPY, LOCK=NONE"),
        of(
            "ALTER TABLE ranges ADD PARTITION (PARTITION p2 VALUES LESS THAN (30))",
            "INSTANT ranges neither rows nor an index were written"),
        of(
            "ALTER TABLE ranges DROP PARTITION p0",
            "INSTANT ranges neither rows nor an index were written"),
        of(
            "ALTER TABLE ranges REORGANIZE PARTITION p0, p1 INTO (PARTITION p VALUES LESS THAN (20))",
            "UNKNOWN_REWRITE ranges unknown ALGORITHM and LOCK"),
        of("CREATE TABLE other (id int)"),
        of("INSERT INTO owners VALUES (1)"),
        of("UPDATE images SET price = 1"));
  }

  private static Arguments of(String sql, String... hints) {
    return Arguments.of(sql, List.of(hints));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void whatTheServerWouldChoose(String sql, List<String> hints) throws SQLException {
    try (var recorder = new ImpactRecorder(new MariaDbImpact(), database.connect());
        var session = database.connectAsOwner();
        var statement = session.createStatement()) {
      recorder.begin("V1__x.sql");
      recorder.before(session, sql);
      statement.execute(sql);
      recorder.after(session, sql, List.of());

      assertThat(
              recorder.scripts().values().stream()
                  .flatMap(List::stream)
                  .map(each -> each.hint() + " " + each.table().name() + " " + each.lock().label()))
          .containsExactlyElementsOf(hints);
    }
  }
}
