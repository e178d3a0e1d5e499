package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows of every kind arrive in the clone as they are. The script compares a digest of them with
 * that of the real database.
 */
class CopiedRowsTest {
  @TempDir Path root;

  private void sync(TestDatabase database, Job job) {
    var before = database.dump();
    job.rehearsal = new RequestedRehearsal(RequestedRehearsal.Mode.ROWS, List.of(), 1L << 30);

    var ended = job.version("2").plan();

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void rowsOfPostgreSqlArriveAsTheyAre() {
    var database = OnEngine.POSTGRESQL.fresh();
    var job =
        new Job(root, database)
            .file(
                "V1__all.sql",
                """
                CREATE TYPE mood AS ENUM ('good', 'bad');
                CREATE TABLE kinds (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                  twice int GENERATED ALWAYS AS (id * 2) STORED, name text, data bytea,
                  at timestamptz, span interval, mood mood, many int[], doc jsonb, part numeric,
                  real_part double precision, gone int);
                ALTER TABLE kinds DROP COLUMN gone;
                CREATE TABLE parts (id int, day date) PARTITION BY RANGE (day);
                CREATE TABLE parts_1 PARTITION OF parts
                  FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
                CREATE TABLE old (id int, name text);
                CREATE TABLE "Odd Name.x" ("a b" int);
                CREATE TABLE empty ();
                CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION 'a trigger fired'; END $$;
                CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM kinds;
                """);
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    database.execute(
        "INSERT INTO kinds (name, data, at, span, mood, many, doc, part, real_part)"
            + " SELECT E'x\\ty\\n\\\\' || i, decode('00ff5c0a', 'hex'), now(), '1 mon 3 days', 'bad',"
            + " '{1,NULL}', '{\"a\": [1, null]}', 1.230, 0.1 + i FROM generate_series(1, 2500) i",
        "INSERT INTO kinds (name) VALUES (NULL)",
        "INSERT INTO parts VALUES (1, '2020-05-05')",
        "INSERT INTO old VALUES (1, NULL)",
        "INSERT INTO \"Odd Name.x\" VALUES (7)",
        "REFRESH MATERIALIZED VIEW counted");
    // What the database has, although its rules of today would not take it.
    job.file(
        "V1_1__rules.sql",
        """
        ALTER TABLE old ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID;
        CREATE TRIGGER always_stops BEFORE INSERT ON old FOR EACH ROW EXECUTE FUNCTION stop();
        ALTER TABLE old ENABLE ALWAYS TRIGGER always_stops;
        CREATE TRIGGER stops BEFORE INSERT ON kinds FOR EACH ROW EXECUTE FUNCTION stop();
        ALTER TABLE kinds DISABLE TRIGGER stops;
        """);
    var ruled = job.sync("1.1");
    assertThat(ruled.report().outcome()).as(ruled.log()).isEqualTo(Outcome.SUCCEEDED);
    var digest =
        "(SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM kinds t) || (SELECT md5(max("
            + "id || ' ' || day)) FROM parts_1) || (SELECT count(*) FROM old WHERE name IS NULL)"
            + " || (SELECT max(\"a b\") FROM \"Odd Name.x\") || (SELECT max(n) FROM counted)";
    var expected = database.query("SELECT " + digest).getFirst();
    assertThat(expected).isNotNull();
    job.file(
        "V2__compare.sql",
        """
        DO $$ BEGIN
          IF %s <> '%s' THEN RAISE EXCEPTION 'other rows'; END IF;
        END $$;
        INSERT INTO kinds (name) VALUES ('the next number of the sequence');
        """
            .formatted(digest, expected));

    sync(database, job);
  }

  @Test
  void rowsOfMariaDbArriveAsTheyAre() {
    var database = OnEngine.MARIADB.fresh();
    var job =
        new Job(root, database)
            .file(
                "V1__all.sql",
                """
                CREATE TABLE kinds (id int AUTO_INCREMENT PRIMARY KEY, twice int AS (tiny * 2) STORED,
                  name varchar(50) CHARACTER SET latin1, words text, data longblob, flags bit(12),
                  tiny tinyint(1), big bigint unsigned, at timestamp(6) NULL, zero datetime,
                  mood enum('good', 'bad'), place point, doc json, part decimal(10, 3),
                  real_part double);
                CREATE TABLE other (id int, CONSTRAINT small CHECK (id < 10));
                CREATE SEQUENCE numbers;
                """);
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    database.execute(
        "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+03:00'",
        "INSERT INTO kinds (id, name, words, data, flags, tiny, big, at, zero, mood, place, doc,"
            + " part, real_part) SELECT seq, CONCAT('ä\\t', seq), 'naïve 😀', x'00ff5c2700', b'101',"
            + " 5, 18446744073709551615, '2020-01-01 00:00:00.123456', '0000-00-00 00:00:00', 'bad',"
            + " POINT(1, 2), '{\"a\": 1}', 1.230, 0.1 FROM seq_0_to_1200",
        "INSERT INTO kinds (name) VALUES (NULL)",
        "SET check_constraint_checks = 0",
        "INSERT INTO other VALUES (99)",
        "SELECT NEXTVAL(numbers)");
    job.file(
        "V1_1__rules.sql",
        """
        DELIMITER //
        CREATE TRIGGER stops BEFORE INSERT ON other FOR EACH ROW
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a trigger fired'//
        DELIMITER ;
        """);
    var ruled = job.sync("1.1");
    assertThat(ruled.report().outcome()).as(ruled.log()).isEqualTo(Outcome.SUCCEEDED);
    var digest =
        "(SELECT CONCAT(SUM(CRC32(CONCAT_WS('|', id, twice, HEX(name), HEX(words), HEX(data),"
            + " HEX(flags), tiny, big, UNIX_TIMESTAMP(at), zero, mood, HEX(place), doc, part,"
            + " real_part))), '-', (SELECT MAX(id) FROM other)) FROM kinds)";
    var expected = database.query("SELECT " + digest).getFirst();
    assertThat(expected).isNotNull();
    job.file(
        "V2__compare.sql",
        """
        DELIMITER //
        BEGIN NOT ATOMIC
          IF %s <> '%s' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'other rows'; END IF;
        END//
        DELIMITER ;
        INSERT INTO kinds (name) VALUES ('the next number');
        """
            .formatted(digest, expected));

    sync(database, job);
  }
}
