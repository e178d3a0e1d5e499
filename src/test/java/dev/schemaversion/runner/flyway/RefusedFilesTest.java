package dev.schemaversion.runner.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.Refusal;
import dev.schemaversion.testing.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are refused before anything runs, and which are ignored. */
class RefusedFilesTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1, 2, 3);
  }

  @Test
  void noMigrationsAtAll() {
    job.files.sources().getFirst().clear();

    assertThat(refused("1", Outcome.VERSION_MISSING)).contains("no migrations at all");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V4__x.sh             | is no SQL script, whose name ends in .sql; script and Java
          V4__x.py             | is no SQL script
          V4__x.sql.bak        | is no SQL script
          afterMigrate.sh      | is no SQL script
          R__x.sh              | is no SQL script
          V4_x.sql             | the name is not like V7__what_it_does.sql or R__what_it_does.sql
          V__x.sql             | the name is not like
          Vfour__x.sql         | the name is not like
          4__x.sql             | the name is not like
          V123456789012345678901__x.sql | the name is not like
          v4__x.sql            | the name is not like
          r__x.sql             | the name is not like
          R_x.sql              | the name is not like
          R1__x.sql            | the name is not like
          b4__x.sql            | the name is not like
          aftermigrate.sql     | the name is not like
          afterMigrate_x.sql   | the name is not like
          """)
  void aFileThatIsAlmostAMigration(String file, String why) {
    job.file(file, "SELECT 1");

    assertThat(refused("3", Outcome.UNSUPPORTED_MIGRATION)).contains(file + ": " + why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md", ".gitkeep", "kustomization.yaml", "U3__back.sql", "flyway.toml", "flyway.conf",
        "V9__x.sql.conf", "seed.sql", "Views.sql", "Roles.sql", "dump-2024.sql", "LICENSE",
      })
  void aFileThatIsNoMigrationIsIgnoredAndListedOnce(String file) {
    var ended = job.file(file, "nonsense").sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log()).containsOnlyOnce("files that are no migrations, ignored: " + file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shouldExecute=false   | sets shouldExecute, and only encoding, executeInTransaction
          nonsense              | sets nonsense, and only
          encoding=klingon      | names the encoding klingon, which does not exist
          """)
  void aScriptConfigurationThatCannotBeObeyed(String text, String why) {
    job.file("V3__table_3.sql.conf", text);

    assertThat(refused("3", Outcome.UNSUPPORTED_MIGRATION)).contains("V3__table_3.sql: its", why);
  }

  @Test
  void allFilesThatAreAlmostMigrationsAreNamedAtOnce() {
    job.file("r__a.sql", "SELECT 1").file("V4_b.sql", "SELECT 1");

    assertThat(refused("3", Outcome.UNSUPPORTED_MIGRATION)).contains("r__a.sql", "V4_b.sql");
  }

  @Test
  void aFileThatIsNotText() {
    job.file(0, "V4__x.sql", new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThat(refused("3", Outcome.UNSUPPORTED_MIGRATION)).contains("V4__x.sql: is not UTF-8");
  }

  @Test
  void twoFilesOfOneVersion() {
    job.file("V03__again.sql", "SELECT 1");

    assertThat(refused("3", Outcome.DUPLICATE_VERSION))
        .contains("V03__again.sql", "V3__table_3.sql");
  }

  @Test
  void oneFileInTwoSources() {
    job.file(1, "V3__table_3.sql", "SELECT 1".getBytes(StandardCharsets.UTF_8));

    assertThat(refused("3", Outcome.DUPLICATE_VERSION))
        .contains("V3__table_3.sql is in two sources");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SAVEPOINT s; ROLLBACK TO SAVEPOINT s; ROLLBACK TO s; RELEASE s",
        "SAVEPOINT s; ROLLBACK WORK TO SAVEPOINT s",
        "DO $$ BEGIN PERFORM 1; END $$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END",
        "SELECT 'COMMIT; BEGIN;' -- COMMIT;",
        "CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b'",
        "CREATE TABLE commit (\"begin\" int)",
      })
  void statementsThatOnlyLookLikeTheEndOfATransactionAreNone(String sql) {
    job.file("V3__table_3.sql", sql + ";\n");

    var ended = job.sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aScriptThatIsNotWholeBeforeAnythingRuns() {
    job.file(
        "V3__table_3.sql",
        "SELECT 1;\n\nCREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1;");

    assertThat(refused("3", Outcome.MIGRATION_FAILED))
        .contains("V3__table_3.sql line 3", "Nothing was run");
  }

  @Test
  void aPlaceholderWithoutAValueBeforeAnythingRuns() {
    job.file("V3__table_3.sql", "CREATE TABLE ${nothing} (id int)");

    assertThat(refused("3", Outcome.MIGRATION_FAILED))
        .contains("V3__table_3.sql line 1", "${nothing}");
  }

  private String refused(String version, Outcome outcome) {
    return Refusal.of(job, database, version, outcome);
  }
}
