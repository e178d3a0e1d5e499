package dev.schemaversion.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.Established;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.PostgreSql;
import dev.schemaversion.testing.Postgres;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The baseline Job: what it finds, what it stamps, and that a refusal writes nothing. */
class BaselineTest {
  private static final String HISTORY = "SELECT type || ' ' || version FROM flyway_schema_history";

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
    assertThat(ended.report().baseline()).isEqualTo(new Report.Baseline(Established.EMPTY, null));
    assertThat(ended.report().version()).isNull();
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aDatabaseWithOnlyAnExtensionAndAForeignSchemaIsEmpty() {
    database.admin(
        "CREATE SCHEMA other", "CREATE TABLE other.theirs (id int)", "CREATE SCHEMA mine");
    job.schemas = List.of("public", "mine", "not_there_yet");

    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(Established.EMPTY, null));
  }

  @Test
  void whatAnExtensionBroughtAlongDoesNotCount() {
    // the server has no contrib modules, so a table is made a member as an extension script would
    database.execute("CREATE TABLE member (id int GENERATED ALWAYS AS IDENTITY)");
    database.admin(
        "INSERT INTO pg_depend SELECT 'pg_class'::regclass, c.oid, 0, 'pg_extension'::regclass,"
            + " e.oid, 0, 'e' FROM pg_class c, pg_extension e WHERE c.relname = 'member'");

    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(Established.EMPTY, null));
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

  @Test
  void aClaimedVersionIsStamped() {
    database.execute("CREATE TABLE t9 (id int)");

    var report = job.baseline("9").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.baseline()).isEqualTo(new Report.Baseline(Established.PROVEN, "9"));
    assertThat(report.version()).isEqualTo("9");
    assertThat(report.serverVersion()).startsWith("15.");
    assertThat(report.database())
        .isEqualTo(
            new DatabaseIdentity(
                database.query("SELECT system_identifier FROM pg_control_system()").getFirst(),
                database.name()));
    assertThat(database.query(HISTORY)).containsExactly("BASELINE 9");
  }

  @Test
  void aStampedDatabaseIsMigratedFromThere() {
    database.execute("CREATE TABLE t9 (id int)");
    job.baseline("9").baseline();

    var report = job.sync().report();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(2);
    assertThat(database.query(HISTORY)).containsExactly("BASELINE 9", "SQL 10", "SQL 13");
  }

  @Test
  void aClaimThatNoMigrationHasIsRefused() {
    database.execute("CREATE TABLE images (id int)");
    var before = database.dump();

    var report = job.baseline("8").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.VERSION_MISSING);
    assertThat(report.message()).contains("spec.baseline.version").contains("9, 10, 13");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aHistoryIsTakenOverWithItsVersion() {
    job.sync("10");
    var before = database.dump();

    var report = job.version("13").baseline("9").baseline().report();

    assertThat(report.baseline()).isEqualTo(new Report.Baseline(Established.PROVEN, "10"));
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aHistoryThatStartedFromTheClaimedVersionIsTakenOver() {
    database.execute("CREATE TABLE t9 (id int)");
    job.baseline("9").baseline();
    job.sync();

    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(Established.PROVEN, "13"));
  }

  @Test
  void aHistoryThatStartedFromAnotherVersionIsRefused() {
    database.execute("CREATE TABLE t9 (id int)", "CREATE TABLE t10 (id int)");
    job.baseline("10").baseline();
    var before = database.dump();

    var report = job.baseline("9").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.BASELINE_MISMATCH);
    assertThat(report.message()).contains("10").contains("spec.baseline.version says 9");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void anEmptyHistoryOfADatabaseWithTablesIsRefused() {
    job.sync("9");
    database.execute("DELETE FROM flyway_schema_history");
    var before = database.dump();

    assertThat(job.baseline("9").baseline().report().outcome()).isEqualTo(Outcome.HISTORY_EMPTY);
    assertThat(job.sync().report().outcome()).isEqualTo(Outcome.HISTORY_EMPTY);
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void anEmptyHistoryOfAnOtherwiseEmptyDatabaseIsEmpty() {
    job.file("V9__table_9.sql", "this is not SQL").withoutScratch().sync("9");

    assertThat(database.query("SELECT count(*) FROM flyway_schema_history")).containsExactly("0");
    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(Established.EMPTY, null));
  }

  @Test
  void aHistoryWithAFailedMigrationIsRefused() {
    job.sync("10");
    database.execute("UPDATE flyway_schema_history SET success = false WHERE version = '10'");
    var before = database.dump();

    assertThat(job.baseline().report().outcome()).isEqualTo(Outcome.FAILED_IN_HISTORY);
    assertThat(job.sync("13").report().outcome()).isEqualTo(Outcome.FAILED_IN_HISTORY);
    assertThat(job.sync().report().message()).contains("V10__table_10.sql");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aHistoryThatAppearsBetweenLookAndStampIsNotStampedOver() throws SQLException {
    database.execute("CREATE TABLE t9 (id int)");
    job.baseline("9");

    var failure =
        stampAfter(
            "INSERT INTO flyway_schema_history VALUES (1, '10', 'd', 'SQL', 's', 1, 'u', now(), 1, true)");

    assertThat(failure.outcome()).isEqualTo(Outcome.HISTORY_EXISTS);
    assertThat(failure).hasMessageContaining("something else migrated the database to 10");
    assertThat(database.query(HISTORY)).containsExactly("SQL 10");
  }

  @Test
  void anotherStampThatAppearsBetweenLookAndStampIsAMismatch() throws SQLException {
    database.execute("CREATE TABLE t9 (id int)");
    job.baseline("9");

    var failure =
        stampAfter(
            "INSERT INTO flyway_schema_history VALUES (1, '10', 'd', 'BASELINE', 's', 1, 'u', now(), 1, true)");

    assertThat(failure.outcome()).isEqualTo(Outcome.BASELINE_MISMATCH);
  }

  @Test
  void anEmptyHistoryThatAppearsBetweenLookAndStampIsRefused() throws SQLException {
    database.execute("CREATE TABLE t9 (id int)");
    job.baseline("9");

    assertThat(stampAfter("SELECT 1").outcome()).isEqualTo(Outcome.HISTORY_EMPTY);
  }

  /** Another process creates the history table and writes to it before Flyway stamps. */
  private RunFailure stampAfter(String interference) throws SQLException {
    var request = Requests.read(job.request(Step.BASELINE), new Findings());
    var migrations = Migrations.of(List.copyOf(job.sources), request.flyway());
    var engine = new PostgreSql();
    var target = Target.of(request, new Inputs(root), engine);
    var sessions = engine.sessions(target);
    var real = new RealSchema(sessions, target.schemas(), request);
    var flyway = new FlywayFactory(request, engine, target.schemas());
    var log = new Log(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
    try (var session = sessions.getConnection()) {
      var looked = new Database(session, engine, target.schemas(), request.flyway().table());
      var proving =
          new Proving(
              request,
              migrations,
              real,
              new ScratchSite(request, engine, target, session, new Stop(), log),
              flyway,
              new Stop(),
              log);
      var baseline =
          new Baseline(
              request,
              looked,
              migrations,
              real,
              proving,
              new Unfinished(
                  Optional.empty(),
                  false,
                  looked,
                  migrations,
                  real,
                  proving,
                  script -> List.of(),
                  log),
              version -> {
                database.execute(
                    "CREATE TABLE flyway_schema_history (installed_rank int, version text,"
                        + " description text, type text, script text, checksum int,"
                        + " installed_by text, installed_on timestamp, execution_time int,"
                        + " success bool)",
                    interference);
                flyway.stamping(sessions, new Scripts(migrations), version).baseline();
              },
              new Findings());
      try {
        baseline.run();
      } catch (RunFailure e) {
        return e;
      }
    }
    throw new AssertionError("it was stamped");
  }
}
