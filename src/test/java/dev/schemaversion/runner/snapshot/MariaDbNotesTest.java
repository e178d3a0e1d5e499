package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.mariadb.MariaDbTable;
import dev.schemaversion.runner.snapshot.mariadb.SqlText;
import dev.schemaversion.testing.MariaDb;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notes of MariaDB report what does not count as a difference. */
class MariaDbNotesTest {
  private static final String BEFORE =
      """
      CREATE TABLE t (a INT, b TEXT, KEY i (a)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC;
      CREATE TABLE p (a INT) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (1));
      CREATE FUNCTION f() RETURNS INT RETURN 1;
      CREATE VIEW v AS SELECT 1 AS a;
      CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01 00:00:00' DO SELECT 1;
      """;

  /** Jobs split the last partition, and the server makes some by itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      textBlock =
          """
          RANGE (a) (PARTITION p VALUES LESS THAN (1), PARTITION m VALUES LESS THAN MAXVALUE); REORGANIZE PARTITION m INTO (PARTITION q VALUES LESS THAN (2), PARTITION m VALUES LESS THAN MAXVALUE); + partition t.q: VALUES LESS THAN (2)
          LIST (a) (PARTITION p VALUES IN (1)); ADD PARTITION (PARTITION q VALUES IN (2)); + partition t.q: VALUES IN (2)
          SYSTEM_TIME INTERVAL 1 DAY PARTITIONS 3; ADD PARTITION PARTITIONS 1; +
          """)
  void aPartitionMadeAtRunTimeIsANoteAndOneOfTheMigrationsMustBeThere(
      String by, String add, String note) throws SQLException {
    MariaDb.onlyMariaDb("MySQL has no system time");
    var versioned = by.startsWith("SYSTEM") ? " WITH SYSTEM VERSIONING" : "";
    var database = MariaDb.fresh();
    database.admin("CREATE TABLE t (a INT)" + versioned + " PARTITION BY " + by);
    try (var connection = database.connect()) {
      var reader = new SnapshotReader(connection, Scope.of());
      var few = reader.read();
      database.admin("ALTER TABLE t " + add);
      var more = reader.read();

      assertThat(Comparison.of(few, more).isEqual()).isTrue();
      assertThat(Comparison.of(few, more).notes())
          .isEqualTo(note.equals("+") ? List.of() : List.of(note));
      assertThat(Comparison.of(more, few).isEqual()).isEqualTo(note.equals("+"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      textBlock =
          """
          ALTER TABLE t COMMENT 'two\\nlines'; + comment on table t: 'two\\\\nlines'
          ALTER TABLE t MODIFY b TEXT COMMENT 'c'; + comment on column b of table t: 'c'
          ALTER TABLE t DROP KEY i, ADD KEY i (a) COMMENT 'c'; + comment on index i of table t: 'c'
          ALTER TABLE p REORGANIZE PARTITION p0 INTO (PARTITION p0 VALUES LESS THAN (1) COMMENT 'c'); + comment on partition p0 of table p: 'c'
          ALTER FUNCTION f COMMENT 'c'; + comment on function f: c
          ALTER EVENT e COMMENT 'c'; + comment on event e: c
          ALTER TABLE t ROW_FORMAT=COMPACT; + storage of table t: ROW_FORMAT=COMPACT
          ALTER TABLE t STATS_PERSISTENT=1; + storage of table t: STATS_PERSISTENT=1, ROW_FORMAT=DYNAMIC
          ALTER TABLE t MODIFY a INT AFTER b; + column order of table t: b, a
          ALTER DEFINER=somebody VIEW v AS SELECT 1 AS a; + owner of view v: `somebody`@`%`
          ALTER DEFINER=somebody EVENT e ENABLE; + owner of event e: `somebody`@`%`
          ALTER EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01 03:00:00'; + schedule of event e: from 2020-01-01 03:00:00 SYSTEM
          CREATE EVENT once ON SCHEDULE AT '2035-01-01 00:00:00' DO SELECT 1; + schedule of event once: at 2035-01-01 00:00:00 SYSTEM
          """)
  void aChangeOnlyChangesTheNote(String change, String note) throws SQLException {
    MariaDb.onlyMariaDb("MySQL spells some of them otherwise");
    var database = MariaDb.fresh().admin("CREATE USER IF NOT EXISTS somebody", BEFORE);
    try (var connection = database.connect()) {
      var reader = new SnapshotReader(connection, Scope.of());
      var before = reader.read();
      var notes = reader.notes();

      database.admin(change);

      var comparison = Comparison.of(before, reader.read()).withNotes(notes, reader.notes());
      assertThat(comparison.isEqual()).isTrue();
      assertThat(comparison.notes()).contains(note);
    }
  }

  @Test
  void otherDatabasesAreNoted() throws SQLException {
    var database = MariaDb.fresh();
    var other = MariaDb.fresh().admin("CREATE TABLE t (a INT)");
    try (var connection = database.connect()) {
      assertThat(new SnapshotReader(connection, Scope.of()).notes())
          .contains("outside: schema " + other.name() + " has 1 tables, views and sequences");
    }
  }

  /** Tables that lie on other servers may say how to log in there. */
  @Test
  void passwordsForOtherServersAreInNoOutput() {
    var table =
        new MariaDbTable(
            "t",
            new SqlText(
                """
                CREATE TABLE `t` (
                  `a` int(11) DEFAULT NULL
                ) ENGINE=FEDERATED DEFAULT CHARSET=latin1 COMMENT='password "secret"' \
                CONNECTION='mysql://user:secret@host/db' `OPTION_LIST`='password=secret'"""));

    assertThat(table.lines()).extracting(Line::toString).noneMatch(l -> l.contains("secret"));
    assertThat(table.notes()).noneMatch(note -> note.contains("secret"));
  }
}
