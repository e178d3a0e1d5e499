package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.Refusal;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sync Job refuses before anything runs; each refusal writes nothing. */
class SyncRefusalTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1, 2, 3);
  }

  @Test
  void aDatabaseWithTablesAndNoHistory() {
    database.execute("CREATE TABLE images (id int)");

    assertThat(refused("3", Outcome.BASELINE_REQUIRED)).contains("table images");
  }

  @Test
  void aVersionBelowThePresentOne() {
    job.sync("3");

    assertThat(refused("2", Outcome.DOWNGRADE_REFUSED)).contains("at 3").contains("wants 2");
  }

  @Test
  void aDatabaseThatIsNewerThanTheMigrations() {
    job.sync("3");
    job.without("V3__table_3.sql");

    assertThat(refused("2", Outcome.DATABASE_NEWER)).contains("at 3").contains("here is 2");
  }

  @Test
  void aVersionThatNoMigrationHas() {
    assertThat(refused("4", Outcome.VERSION_MISSING)).contains("spec.version").contains("1, 2, 3");
  }

  @Test
  void aMigrationOfTheHistoryThatIsNotAmongTheFiles() {
    job.sync("3");
    job.without("V2__table_2.sql").tables(4);

    assertThat(refused("4", Outcome.MIGRATION_MISSING)).contains("V2__table_2.sql");
  }

  @Test
  void aMigrationThatChangedAfterItRan() {
    job.sync("2");
    job.file("V2__table_2.sql", "CREATE TABLE t2 (id bigint);\n");

    assertThat(refused("3", Outcome.CHECKSUM_MISMATCH)).contains("V2__table_2.sql");
  }

  @Test
  void aMigrationThatChangedAfterItRanAlsoWhereNothingIsToBeDone() {
    job.sync("3");
    job.file("V2__table_2.sql", "CREATE TABLE t2 (id bigint);\n");

    assertThat(refused("3", Outcome.CHECKSUM_MISMATCH)).contains("V2__table_2.sql");
  }

  @Test
  void aLowerVersionThatNeverRan() {
    job.without("V2__table_2.sql").sync("3");
    job.tables(2, 4);

    assertThat(refused("4", Outcome.OUT_OF_ORDER)).contains("at 3").contains("V2__table_2.sql");
  }

  @Test
  void anotherDatabaseThanTheOneThatIsRecorded() {
    var real = job.baseline().report().database();
    job.expected = new DatabaseIdentity("7000000000000000000", database.name());

    assertThat(refused("3", Outcome.DATABASE_CHANGED)).contains("7000000000000000000");

    job.expected = real;
    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void whatNobodyForesawIsReportedAsAFaultWithItsStackTraceInTheLog() {
    database.execute("CREATE TABLE flyway_schema_history (not_flyways int)");

    assertThat(refused("3", Outcome.INTERNAL_ERROR)).contains("PSQLException", "42703");
    assertThat(job.sync("3").log())
        .contains("at dev.schemaversion.runner.flyway.history.HistoryTable.read");
  }

  @Test
  void mountedMigrationsThatAreNotThoseOfTheJob() {
    job.digest = "sha256:of-others";

    assertThat(refused("3", Outcome.INPUTS_CHANGED)).contains("sha256:of-others");
  }

  private String refused(String version, Outcome outcome) {
    return Refusal.of(job, database, version, outcome);
  }
}
