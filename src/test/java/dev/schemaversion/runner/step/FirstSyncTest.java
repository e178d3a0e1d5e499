package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.FirstSync;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The first sync migrates an empty database at once, and is a baseline of any other. */
class FirstSyncTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = first(database, FirstSync.Rehearsed);
  }

  private Job first(TestDatabase on, FirstSync how) {
    var prepared = new Job(root, on).tables(1, 2).version("2");
    prepared.firstSync = how;
    return prepared;
  }

  static Stream<Arguments> empty() {
    return Stream.of(
        Arguments.of("PostgreSQL", FirstSync.Rehearsed, Verdict.Equal),
        Arguments.of("PostgreSQL", FirstSync.NotRehearsed, Verdict.Carried),
        Arguments.of("MariaDB", FirstSync.Rehearsed, Verdict.Equal),
        Arguments.of("MariaDB", FirstSync.NotRehearsed, Verdict.Carried));
  }

  @ParameterizedTest
  @MethodSource("empty")
  void anEmptyDatabaseIsMigratedInTheSameRun(String engine, FirstSync how, Verdict verdict) {
    var report = first(engine.equals("MariaDB") ? MariaDb.fresh() : database, how).sync().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.step()).isEqualTo(Step.SYNC);
    assertThat(report.baseline()).isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
    assertThat(report.version()).isEqualTo("2");
    assertThat(report.migrationsApplied()).isEqualTo(2);
    assertThat(report.proof().verdict()).isEqualTo(verdict);
    assertThat(report.message())
        .startsWith("The database was empty. The database is at 2. 2 migrations were run.");
  }

  @ParameterizedTest
  @EnumSource(FirstSync.class)
  void aDatabaseWithAHistoryIsProvenAndNothingIsRun(FirstSync how) {
    job.firstSync = null;
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    job.proof = ProofRules.STRICT;
    job.firstSync = how;
    var before = database.dump();

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.step()).isEqualTo(Step.BASELINE);
    assertThat(report.baseline()).isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "1"));
    assertThat(report.migrationsApplied()).isZero();
    assertThat(database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(FirstSync.class)
  void aDatabaseWithTablesAndNoHistoryIsRefusedAsABaseline(FirstSync how) {
    database.execute("CREATE TABLE t1 (id int)");
    job.firstSync = how;
    var before = database.dump();

    var report = job.sync().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.BASELINE_REQUIRED);
    assertThat(report.step()).isEqualTo(Step.BASELINE);
    assertThat(database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(FirstSync.class)
  void aFailedMigrationIsTheFailureOfASyncOfAnEmptyDatabase(FirstSync how) {
    job.firstSync = how;
    job.file("V2__table_2.sql", "CREATE TABLE t2 (id nosuchtype)");

    var report = job.sync().report();

    assertThat(report.step()).isEqualTo(Step.SYNC);
    assertThat(report.baseline()).isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
    assertThat(report.outcome())
        .isEqualTo(
            how == FirstSync.Rehearsed ? Outcome.REHEARSAL_FAILED : Outcome.MIGRATION_FAILED);
    assertThat(report.proof() == null || report.migrationsApplied() == 0).isTrue();
  }

  @Test
  void withAScratchServerOfAnotherMajorVersionItEndsAsABaselineAndNamesTheServersVersion() {
    job.scratch = Postgres.scratch18();

    var report = job.sync().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.step()).isEqualTo(Step.BASELINE);
    assertThat(report.baseline()).isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
    assertThat(report.migrationsApplied()).isZero();
    assertThat(report.serverVersion()).startsWith("15");
    assertThat(database.query("SELECT to_regclass('t1')")).containsExactly((String) null);
  }
}
