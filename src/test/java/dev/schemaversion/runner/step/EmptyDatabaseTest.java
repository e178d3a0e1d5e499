package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the baseline Job takes for an empty database, and what it says where there is something. */
class EmptyDatabaseTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(9, 10, 13).version("13");
  }

  @Test
  void anEmptyDatabaseIsRecordedAsEmptyAndNothingIsStampedWhateverIsClaimed() {
    var before = database.dump();

    var ended = job.baseline("9").baseline();

    assertThat(ended.report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
    assertThat(ended.report().version()).isNull();
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aDatabaseWithOnlyAnExtensionAndAForeignSchemaIsEmpty() {
    database.admin(
        "CREATE SCHEMA other", "CREATE TABLE other.theirs (id int)", "CREATE SCHEMA mine");
    job.schemas = List.of("public", "mine", "not_there_yet");

    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
  }

  @Test
  void whatAnExtensionBroughtAlongDoesNotCount() {
    // the server has no contrib modules, so a table is made a member as an extension script would
    database.execute("CREATE TABLE member (id int GENERATED ALWAYS AS IDENTITY)");
    database.admin(
        "INSERT INTO pg_depend SELECT 'pg_class'::regclass, c.oid, 0, 'pg_extension'::regclass,"
            + " e.oid, 0, 'e' FROM pg_class c, pg_extension e WHERE c.relname = 'member'");

    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
  }

  @Test
  void anEmptyHistoryOfAnOtherwiseEmptyDatabaseIsEmpty() {
    job.file("V9__table_9.sql", "this is not SQL").withoutScratch().sync("9");

    assertThat(database.query("SELECT count(*) FROM flyway_schema_history")).containsExactly("0");
    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE thing (id int)",
        "CREATE TABLE thing (id int) PARTITION BY LIST (id)",
        "CREATE MATERIALIZED VIEW thing AS SELECT 1 AS one",
        "CREATE VIEW thing AS SELECT 1 AS one",
        "CREATE SEQUENCE thing",
        "CREATE TYPE thing AS ENUM ('a')",
        "CREATE TYPE thing AS (a int)",
        "CREATE TYPE thing AS RANGE (subtype = int)",
        "CREATE DOMAIN thing AS int",
        "CREATE FUNCTION thing() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE COLLATION thing (locale = 'C')",
        "CREATE TEXT SEARCH CONFIGURATION thing (COPY = simple)",
        "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
      })
  void anObjectOfAnyKindMakesItNotEmptyAndThenABaselineIsRequired(String sql) {
    database.admin(sql);
    var before = database.dump();

    var report = job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.BASELINE_REQUIRED);
    assertThat(report.message()).contains("schema “public” has 1 object (");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aRequiredBaselineIsExplainedWithWhatIsThereAndWhoseTracesThereAre() {
    database.execute(
        "CREATE TABLE images (id serial PRIMARY KEY)",
        "CREATE TABLE migrate_version (version int)",
        "INSERT INTO migrate_version VALUES (13)");

    var report = job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.BASELINE_REQUIRED);
    assertThat(report.message())
        .contains("schema “public” has 3 objects (table images, table migrate_version, sequence")
        .contains("migrate_version of sqlalchemy-migrate")
        .contains("not trusted")
        .contains("Set spec.baseline.version to the version it truly has");
  }
}
