package dev.schemaversion.runner.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Baseline scripts: one file in place of all versioned migrations up to its version. */
class BaselineScriptsTest {
  private static final String KINDS =
      "SELECT type FROM flyway_schema_history ORDER BY installed_rank";

  @TempDir Path root;

  static Stream<Arguments> engines() {
    return Stream.of(
        Arguments.argumentSet("PostgreSQL", (Supplier<TestDatabase>) Postgres::fresh),
        Arguments.argumentSet("MariaDB", (Supplier<TestDatabase>) MariaDb::fresh));
  }

  private Job job(TestDatabase database) {
    return new Job(root, database)
        .tables(1, 2, 3)
        .file("B2__both.sql", "CREATE TABLE t2 (id int); CREATE TABLE t1 (id int);");
  }

  private Job squashed(TestDatabase database) {
    return job(database).without("V1__table_1.sql").without("V2__table_2.sql");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anEmptyDatabaseBeginsWithTheHighestBaselineScript(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = job(database);

    var report = job.sync("3").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(report.migrationsApplied()).isEqualTo(2);
    assertThat(database.query(KINDS)).containsExactly("SQL_BASELINE", "SQL");
    assertThat(job.baseline().report().proof().verdict()).isEqualTo(Verdict.Equal);
    job.tables(4);
    assertThat(job.sync("4").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aBaselineScriptAboveTheWantedVersionDoesNotCount(Supplier<TestDatabase> fresh) {
    var database = fresh.get();

    var report = job(database).sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query(KINDS)).containsExactly("SQL");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aDatabaseThatRanTheVersionedMigrationsIsProvenByThem(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    new Job(root, database).tables(1, 2).sync("2");

    var job = job(database);
    var baseline = job.baseline().report();
    var report = job.sync("3").report();

    assertThat(baseline.proof().verdict()).as(baseline.message()).isEqualTo(Verdict.Equal);
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query(KINDS)).containsExactly("SQL", "SQL", "SQL");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aClaimThatEitherChainBuildsIsProven(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    database.execute("CREATE TABLE t1 (id int)", "CREATE TABLE t2 (id bigint)");
    var job =
        job(database)
            .file("B2__both.sql", "CREATE TABLE t1 (id int); CREATE TABLE t2 (id bigint);");

    var report = job.version("3").baseline("2").baseline();

    assertThat(report.report().outcome()).as(report.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.log())
        .contains("Warning: B2__both.sql builds another schema than the versioned");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aSquashedFolderBuildsANewDatabaseAndProvesAClaim(Supplier<TestDatabase> fresh) {
    var built = fresh.get();
    assertThat(squashed(built).sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    var existing = fresh.get();
    existing.execute("CREATE TABLE t1 (id int)", "CREATE TABLE t2 (id int)");

    var job = squashed(existing).version("3").baseline("2");
    var report = job.baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  /** The versioned migrations that are left do not build anything. */
  @ParameterizedTest
  @MethodSource("engines")
  void aClaimIsProvenByTheBaselineScriptIfSomeVersionedMigrationsAreGone(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    database.execute("CREATE TABLE t1 (id int, size int)", "CREATE TABLE t2 (id int)");
    var job =
        new Job(root, database)
            .file("V2__wider.sql", "ALTER TABLE t1 ADD COLUMN size int;")
            .file("B2__all.sql", "CREATE TABLE t1 (id int, size int); CREATE TABLE t2 (id int);")
            .tables(3);

    var report = job.version("3").baseline("2").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aHistoryOfMigrationsThatAreGoneIsComparedWithTheBaselineScript(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    new Job(root, database).tables(1, 2).sync("2");
    var job = squashed(database).options(o -> o.ignoreMigrationPatterns(List.of("*:missing")));

    var baseline = job.version("3").baseline().report();
    var report = job.sync("3").report();

    assertThat(baseline.outcome()).as(baseline.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(1);
  }
}
