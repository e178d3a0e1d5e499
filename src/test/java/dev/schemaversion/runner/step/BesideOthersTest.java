package dev.schemaversion.runner.step;

import static dev.schemaversion.runner.step.OthersFixture.flyway;
import static dev.schemaversion.runner.step.OthersFixture.history;
import static dev.schemaversion.runner.step.OthersFixture.ignoring;
import static dev.schemaversion.runner.step.OthersFixture.job;
import static dev.schemaversion.runner.step.OthersFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A database without a history, in which others have objects, is empty where none of them count.
 */
class BesideOthersTest {
  private static final Report.Baseline EMPTY = new Report.Baseline(BaselineSource.EMPTY, null);

  @TempDir Path root;

  @ParameterizedTest
  @EnumSource
  void aDatabaseWithIgnoredObjectsOnlyIsEmptyAndGetsTheHistoryOfAnEmptyOne(OthersFixture engine) {
    var empty = engine.fresh();
    job(root.resolve("empty"), empty).sync();
    var database = engine.withTheirs();
    var before = database.dump();
    var job = job(root, database, engine.pattern("theirs_")).baseline("1");

    var baseline = job.baseline().report();

    assertThat(baseline.baseline()).as(baseline.message()).isEqualTo(EMPTY);
    assertThat(baseline.message()).contains("spec.proof.ignore");
    assertThat(baseline.proof().ignored().get(engine.pattern("theirs_"))).isPositive();
    assertThat(database.dump()).isEqualTo(before);

    assertThat(job.plan().report().plan().migrations()).hasSize(2);
    assertThat(database.dump()).isEqualTo(before);
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.SUCCEEDED);

    var synced = job.sync().report();

    assertThat(synced.outcome()).as(synced.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(synced.migrationsApplied()).isEqualTo(2);
    assertThat(rows(database)).isEqualTo(rows(empty));
    assertThat(job.verify().report().schema()).isEqualTo(job.proof.known().schema());
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void withoutARehearsalItIsMigratedToo(OthersFixture engine) {
    var database = engine.withTheirs();

    var report = job(root, database, engine.pattern("theirs_")).withoutScratch().sync().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(history(database)).containsExactly("SQL 1", "SQL 2");
  }

  @ParameterizedTest
  @EnumSource
  void aVersionZeroThatAMigrationHasRunsToo(OthersFixture engine) {
    var database = engine.withTheirs();
    var job = job(root, database, engine.pattern("theirs_")).tables(0).baseline("0");

    assertThat(job.baseline().report().baseline()).isEqualTo(EMPTY);
    assertThat(job.sync().report().migrationsApplied()).isEqualTo(3);
    assertThat(history(database)).containsExactly("SQL 0", "SQL 1", "SQL 2");
  }

  @ParameterizedTest
  @EnumSource
  void theRehearsalFindsThatAMigrationCollidesWithWhatOthersHave(OthersFixture engine) {
    var database = engine.withTheirs();
    var job =
        job(root, database, engine.pattern("theirs_"))
            .file("V3__jobs.sql", "CREATE TABLE theirs_jobs (id int);");
    var before = database.dump();

    var report = job.sync("3").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("Rehearsed on a clone", "V3__jobs.sql");
    assertThat(database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void whatNoPatternMatchesIsNamedAloneAndTheWaysOutAreTold(OthersFixture engine) {
    var database = engine.withTheirs();
    var job = job(root, database, "table " + engine.within + "theirs_*");

    var report = job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.BASELINE_REQUIRED);
    assertThat(report.message())
        .contains("function theirs_now", "the nearest is version 0")
        .doesNotContain("table theirs_jobs")
        .contains("name it in spec.proof.ignore, or claim version 0");
    assertThat(job.sync().report().outcome()).isEqualTo(Outcome.BASELINE_REQUIRED);
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.BASELINE_REQUIRED);
  }

  @ParameterizedTest
  @EnumSource
  void nothingRunsTwiceWhereTheHistoryIsLostAndEverythingIsIgnored(OthersFixture engine) {
    var database = engine.withTheirs();
    var job = job(root, database, engine.pattern(""));
    job.sync();
    database.execute("DROP TABLE flyway_schema_history");
    var before = database.dump();

    var report = job.sync().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.message()).contains("was at 2").contains("has no history now");
    assertThat(database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatEndedBeforeTheFirstMigrationIsContinued(OthersFixture engine) {
    var database = engine.withTheirs();
    flyway(database).load().baseline();
    database.execute("DELETE FROM flyway_schema_history");
    var job = job(root, database, engine.pattern("theirs_"));

    assertThat(job.baseline("0").baseline().report().baseline()).isEqualTo(EMPTY);
    assertThat(job.sync().report().migrationsApplied()).isEqualTo(2);
    assertThat(history(database)).containsExactly("SQL 1", "SQL 2");
  }

  @Test
  void theFunctionOfAProviderInPublicDoesNotCountByItsNameAlone() {
    var database = Postgres.fresh();
    database.admin(
        "CREATE FUNCTION public.provider_stats(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'");
    var job = ignoring(job(root, database), "function public.provider_stats(*");

    assertThat(job.baseline().report().baseline()).isEqualTo(EMPTY);
    assertThat(job.sync().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }
}
