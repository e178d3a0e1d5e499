package dev.schemaversion.runner.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of Flyway that the random sets do not vary. */
class FlywayOptionsTest {
  @TempDir Path root;

  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1);
  }

  @Test
  void theHistoryRecordsWhoInstalled() {
    succeeds(job.options(options -> options.installedBy("platform")));

    assertThat(database.query("SELECT installed_by FROM flyway_schema_history"))
        .containsExactly("platform");
  }

  @Test
  void theInitialSqlRunsOnTheConnectionOfTheMigrations() {
    succeeds(
        job.file("V1__table_1.sql", "CREATE TABLE t1 AS SELECT current_setting('my.own') AS own;")
            .options(options -> options.initSql("SET my.own = 'set';")));

    assertThat(database.query("SELECT own FROM t1")).containsExactly("set");
  }

  @Test
  void initialSqlThatFailsIsNamed() {
    var report = job.options(options -> options.initSql("nonsense")).sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("spec.migrations.flyway.initSql line 1");
  }

  @Test
  void aSchemaThatIsNotToBeCreatedMustExist() {
    job.schemas = List.of("public", "audit");
    job.file("V2__audit.sql", "CREATE TABLE audit.t (id int);");
    database.execute("CREATE SCHEMA audit");
    succeeds(job.options(options -> options.createSchemas(false)).version("2"));
  }

  @Test
  void scriptsAreReadInTheirEncoding() {
    job.file(0, "V1__table_1.sql", insert("\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    job.file(
        0, "V2__utf8.sql", "INSERT INTO t1 VALUES ('\u00e8');".getBytes(StandardCharsets.UTF_8));
    job.file("V2__utf8.sql.conf", "encoding=UTF-8");
    succeeds(job.options(options -> options.encoding("ISO-8859-1")).version("2"));

    assertThat(database.query("SELECT name FROM t1")).containsExactly("\u00e9", "\u00e8");
  }

  @Test
  void anEncodingThatDoesNotExistIsRefused() {
    var report = job.options(options -> options.encoding("klingon")).sync("1").report();

    assertThat(report.outcome()).isEqualTo(Outcome.INVALID_REQUEST);
    assertThat(report.message()).contains("spec.migrations.flyway.encoding", "klingon");
  }

  @Test
  void theCallbacksOfAStampRunWhenAClaimIsStamped() {
    database.execute("CREATE TABLE t1 (id int)");
    job.file("afterBaseline.sql", "COMMENT ON TABLE t1 IS 'stamped';")
        .file("afterInfo.sql", "nonsense;")
        .file("beforeRepair.sql", "nonsense;");

    var report = job.baseline("1").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT obj_description('t1'::regclass)")).containsExactly("stamped");
  }

  @Test
  void callbacksRunInEachSyncEvenIfNoMigrationIsPending() {
    job.file("V1__table_1.sql", "CREATE TABLE t1 (id int);")
        .file("afterMigrate.sql", "INSERT INTO t1 VALUES (1);");
    succeeds(job);
    succeeds(job);

    assertThat(database.query("SELECT count(*) FROM t1")).containsExactly("2");
  }

  private static String insert(String name) {
    return "CREATE TABLE t1 (name text);\nINSERT INTO t1 VALUES ('" + name + "');\n";
  }

  private static void succeeds(Job job) {
    var report = job.sync(job.version).report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
  }
}
