package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the baseline Job stamps and what history it takes over; a refusal writes nothing. */
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
  void aClaimedVersionIsStamped() {
    database.execute("CREATE TABLE t9 (id int)");

    var report = job.baseline("9").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.baseline()).isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "9"));
    assertThat(report.version()).isEqualTo("9");
    assertThat(report.serverVersion()).startsWith("15.");
    assertThat(report.database())
        .isEqualTo(
            new DatabaseIdentity(
                database.query("SELECT system_identifier FROM pg_control_system()").getFirst(),
                database.name()));
    assertThat(database.query(HISTORY)).containsExactly("BASELINE 9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.0", "09", "9.0.0", "9_0"})
  void aClaimMaySpellTheVersionInAnotherWayThanItsFile(String claim) {
    database.execute("CREATE TABLE t9 (id int)");

    var report = job.baseline(claim).baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.version()).isEqualTo(claim);
    assertThat(job.sync().report().migrationsApplied()).isEqualTo(2);
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

    assertThat(report.baseline()).isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "10"));
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aHistoryThatStartedFromTheClaimedVersionIsTakenOver() {
    database.execute("CREATE TABLE t9 (id int)");
    job.baseline("9").baseline();
    job.sync();

    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "13"));
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
  void aHistoryWithAFailedMigrationIsRefused() {
    job.sync("10");
    database.execute("UPDATE flyway_schema_history SET success = false WHERE version = '10'");
    var before = database.dump();

    assertThat(job.baseline().report().outcome()).isEqualTo(Outcome.FAILED_IN_HISTORY);
    assertThat(job.sync("13").report().outcome()).isEqualTo(Outcome.FAILED_IN_HISTORY);
    assertThat(job.sync().report().message()).contains("V10__table_10.sql");
    assertThat(database.dump()).isEqualTo(before);
  }
}
