package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sync Job where nothing goes wrong. */
class SyncTest {
  private static final String HISTORY = "SELECT version FROM flyway_schema_history";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database);
  }

  @Test
  void aNewValueOfAnEnumIsAdded() {
    job.file("V1__mood.sql", "CREATE TYPE mood AS ENUM ('fine');");
    job.file("V2__mood.sql", "ALTER TYPE mood ADD VALUE 'tired';");
    job.file("V3__table.sql", "CREATE TABLE moods (m mood DEFAULT 'tired');");

    var report = job.sync("3").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT unnest(enum_range(NULL::mood))"))
        .containsExactly("fine", "tired");
  }

  @Test
  void takesAnEmptyDatabaseToTheWantedVersionAndNoFurther() {
    var ended = job.tables(1, 2, 3, 4).sync("3");

    assertSucceeded(ended, "3", 3);
    assertThat(database.query(HISTORY)).containsExactly("1", "2", "3");
    assertThat(database.query("SELECT to_regclass('t4')")).containsExactly((String) null);
  }

  @Test
  void theReportIsReturnedLoggedAndWrittenWhereTheKubeletLooks() {
    var ended = job.tables(1).sync("1");

    assertThat(ended.written()).isEqualTo(ended.report());
    assertThat(ended.report().migrationsDigest()).startsWith("sha256:");
    assertThat(ended.report().database().name()).isEqualTo(database.name());
    assertThat(ended.log())
        .contains("V1__table_1.sql: running (1 of 1)", "V1__table_1.sql: ran in 0.")
        .contains("outcome: Succeeded", ended.report().message());
  }

  @Test
  void aDatabaseAtTheWantedVersionIsLeftAsItIs() {
    job.tables(1, 2).sync("2");
    var before = database.dump();

    assertSucceeded(job.sync("2"), "2", 0);
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void goesOnFromWhereTheDatabaseIs() {
    job.tables(1, 2).sync("2");

    assertSucceeded(job.tables(3, 4).sync("4"), "4", 2);
  }

  @Test
  void goesOnAfterTheVeryFirstMigrationFailed() {
    job.file("V1__table_1.sql", "CREATE TABLE t1 (id nothing)").sync("1");

    assertSucceeded(job.tables(1).sync("1"), "1", 1);
  }

  @Test
  void versionsAreReportedAsTheUserWritesThem() {
    job.file("V001__a.sql", "SELECT 1").file("V002__b.sql", "SELECT 1");

    assertSucceeded(job.sync("1"), "1", 1);
    assertThat(job.baseline().report().version()).isEqualTo("1");
    assertSucceeded(job.sync("2"), "2", 1);
  }

  @Test
  void dottedVersionsRunInFlywaysOrder() {
    job.file("V4_9__a.sql", "SELECT 1").file("V4.10__b.sql", "SELECT 1");

    assertSucceeded(job.sync("4.10"), "4.10", 2);
    assertThat(database.query(HISTORY)).containsExactly("4.9", "4.10");
  }

  @Test
  void migrationsComeFromSeveralSources() {
    job.tables(1, 3).file(1, "V2__x.sql", utf8("CREATE TABLE t2 (id int)"));

    assertSucceeded(job.sync("3"), "3", 3);
    assertThat(database.query(HISTORY)).containsExactly("1", "2", "3");
  }

  @Test
  void aScriptMayBeAsLargeAsAConfigMap() {
    var row = "INSERT INTO big VALUES ('" + "ä".repeat(400) + "');\n";
    int rows = 1024 * 1024 / row.getBytes(StandardCharsets.UTF_8).length;
    job.file("V1__big.sql", "CREATE TABLE big (t text);\n" + row.repeat(rows));

    assertSucceeded(job.sync("1"), "1", 1);
    assertThat(database.query("SELECT count(*) FROM big")).containsExactly("" + rows);
    assertThat(database.query("SELECT DISTINCT t FROM big")).containsExactly("ä".repeat(400));
  }

  @Test
  void copyFromStdinIsSupported() {
    job.file("V1__copy.sql", "CREATE TABLE c (a int, b text);\nCOPY c FROM stdin;\n1\tx\n\\.\n");

    assertSucceeded(job.sync("1"), "1", 1);
    assertThat(database.query("SELECT b FROM c")).containsExactly("x");
  }

  @Test
  void placeholdersAreReplaced() {
    job.flyway.placeholders = Map.of("name", "cats");
    job.file("V1__x.sql", "CREATE TABLE ${name} (s text DEFAULT '${flyway:defaultSchema}')");

    assertSucceeded(job.sync("1"), "1", 1);
    assertThat(database.query("SELECT to_regclass('cats')")).containsExactly("cats");
  }

  @Test
  void aLowerVersionRunsLateWhereOutOfOrderIsAllowed() {
    job.tables(1, 3).sync("3");
    job.flyway.outOfOrder = true;

    assertSucceeded(job.tables(2).sync("3"), "3", 1);
    assertThat(database.query(HISTORY)).containsExactly("1", "3", "2");
  }

  @Test
  void everythingIsDoneUnderTheRoleThatIsNamed() {
    var role = "role_of_" + database.name();
    database.admin(
        "CREATE ROLE " + role,
        "GRANT " + role + " TO " + database.user(),
        "GRANT CREATE ON SCHEMA public TO " + role);
    job.role = role;

    assertSucceeded(job.tables(1).sync("1"), "1", 1);
    assertThat(
            database.query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly(role);
  }

  @Test
  void severalSchemasAreCreatedAndTheFirstIsTheDefault() {
    job.schemas = List.of("first one", "second");
    job.file("V1__x.sql", "CREATE TABLE a (id int); CREATE TABLE second.b (id int);");

    assertSucceeded(job.sync("1"), "1", 1);
    assertThat(
            database.query(
                "SELECT schemaname || '.' || tablename FROM pg_tables"
                    + " WHERE tablename IN ('a', 'b', 'flyway_schema_history') ORDER BY 1"))
        .containsExactly("first one.a", "first one.flyway_schema_history", "second.b");
    assertSucceeded(job.sync("1"), "1", 0);
  }

  @Test
  void theHistoryTableMayHaveAnotherName() {
    job.flyway.table = "History of 'it'";

    assertSucceeded(job.tables(1, 2).sync("1"), "1", 1);
    assertSucceeded(job.sync("2"), "2", 1);
    assertThat(job.baseline().report().version()).isEqualTo("2");
  }

  @Test
  void neitherRowsNorNoticesNorThePasswordArePrinted() {
    job.file(
        "V1__x.sql",
        """
        CREATE TABLE people (name text);
        INSERT INTO people VALUES ('Ada Lovelace');
        SELECT * FROM people;
        DO $$ BEGIN RAISE WARNING 'row %', (SELECT name FROM people); END $$;
        """);

    var ended = job.sync("1");

    assertSucceeded(ended, "1", 1);
    assertThat(ended.log()).doesNotContain("Lovelace", Postgres.PASSWORD, "jdbc:");
  }

  @Test
  void theSessionIsNamedAfterTheJobAndWaitsFiveSecondsForALock() {
    job.file(
        "V1__x.sql",
        "CREATE TABLE seen AS SELECT current_setting('application_name') || ' '"
            + " || current_setting('lock_timeout') AS s");

    assertSucceeded(job.sync("1"), "1", 1);
    assertThat(database.query("SELECT s FROM seen")).containsExactly("glance-sync-test-1 5s");
  }

  @Test
  void noSessionHasATransactionOpenWhileAMigrationRuns() {
    job.file(
        "V1__x.sql",
        "CREATE TABLE idle AS SELECT count(*) AS n FROM pg_stat_activity WHERE datname ="
            + " current_database() AND state LIKE 'idle in transaction%'");

    assertSucceeded(job.sync("1"), "1", 1);
    assertThat(database.query("SELECT n FROM idle")).containsExactly("0");
  }

  @Test
  void whatAScriptSetsForItsSessionDoesNotChangeTheOwnerOfTheNext() {
    var role = "other_" + database.name();
    database.admin("CREATE ROLE " + role, "GRANT " + role + " TO " + database.user());
    job.file("V1__x.sql", "SET ROLE " + role).tables(2);

    assertSucceeded(job.sync("2"), "2", 2);
    assertThat(database.query("SELECT tableowner FROM pg_tables WHERE tablename = 't2'"))
        .containsExactly(database.user());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertSucceeded(Job.Ended ended, String version, int applied) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().version()).isEqualTo(version);
    assertThat(ended.report().migrationsApplied()).isEqualTo(applied);
  }
}
