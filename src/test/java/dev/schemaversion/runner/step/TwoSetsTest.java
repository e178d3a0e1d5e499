package dev.schemaversion.runner.step;

import static dev.schemaversion.runner.step.OthersFixture.flyway;
import static dev.schemaversion.runner.step.OthersFixture.history;
import static dev.schemaversion.runner.step.OthersFixture.ignoring;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two sets of migrations, each with a history of its own, in one schema. */
class TwoSetsTest {
  @TempDir Path root;

  /** The migrations of one set; its tables begin with its name, and the other's do not count. */
  private Job set(OthersFixture engine, TestDatabase database, String name, String other) {
    var job = new Job(root.resolve(name), database).version("2");
    job.name = name;
    job.flyway.table = name + "_done";
    job.file("V1__one.sql", "CREATE TABLE %s_one (id int PRIMARY KEY);".formatted(name))
        .file("V2__two.sql", "CREATE TABLE %s_two (id int PRIMARY KEY);".formatted(name));
    return ignoring(job, engine.pattern(other + "_"));
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, app, jobs",
    "POSTGRESQL, jobs, app",
    "MARIADB, app, jobs",
    "MARIADB, jobs, app"
  })
  void areTakenOneAfterTheOtherAndTheDriftOfEachIsItsOwn(
      OthersFixture engine, String first, String second) {
    var database = engine.fresh();
    var one = set(engine, database, first, second);
    var other = set(engine, database, second, first);

    assertTakenAsEmpty(one);
    assertTakenAsEmpty(other);

    assertThat(history(database, one.flyway.table)).isEqualTo(List.of("SQL 1", "SQL 2"));
    assertThat(history(database, other.flyway.table)).isEqualTo(List.of("SQL 1", "SQL 2"));
    assertUnchanged(one);
    assertUnchanged(other);

    database.execute("ALTER TABLE %s_one ADD more int".formatted(first));
    assertUnchanged(other);
    assertThat(retried(other::sync).outcome()).isEqualTo(Outcome.SUCCEEDED);
    var drifted = retried(one::prove);
    assertThat(drifted.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(drifted.proof().first())
        .containsExactly(
            "+ column %s%s_one.more: %s"
                .formatted(
                    engine.within,
                    first,
                    engine == OthersFixture.POSTGRESQL ? "integer" : "int(11) DEFAULT NULL"));
  }

  private static void assertTakenAsEmpty(Job job) {
    var baseline = retried(job::baseline);
    assertThat(baseline.baseline())
        .as(baseline.message())
        .isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
    var synced = retried(job::sync);
    assertThat(synced.outcome()).as(synced.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  private static void assertUnchanged(Job job) {
    assertThat(retried(job::verify).schema()).isEqualTo(job.proof.known().schema());
    assertThat(retried(job::prove).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void thatStartAtOnceBothArriveWhereARunThatFindsTheLockIsRetried(OthersFixture engine) {
    var database = engine.fresh();
    var app = set(engine, database, "app", "jobs");
    var jobs = set(engine, database, "jobs", "app");
    assertThat(retried(app::baseline).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(retried(jobs::baseline).outcome()).isEqualTo(Outcome.SUCCEEDED);

    var both =
        CompletableFuture.supplyAsync(() -> retried(app::sync).outcome())
            .thenCombine(
                CompletableFuture.supplyAsync(() -> retried(jobs::sync).outcome()), List::of)
            .join();

    assertThat(both).containsExactly(Outcome.SUCCEEDED, Outcome.SUCCEEDED);
    assertUnchanged(app);
    assertUnchanged(jobs);
  }

  /** Runs again while a session of the run before, or the other set's runner, has the lock. */
  private static Report retried(Supplier<Job.Ended> run) {
    var report = run.get().report();
    return report.outcome() == Outcome.LOCK_BUSY ? retried(run) : report;
  }

  @ParameterizedTest
  @EnumSource
  void theSecondMayBeClaimedToBeAtZeroWhereTheFirstOneIs(OthersFixture engine) {
    var database = engine.fresh();
    retried(set(engine, database, "app", "jobs")::sync);
    var jobs = set(engine, database, "jobs", "app").baseline("0");

    assertThat(retried(jobs::baseline).baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "0"));
    assertThat(retried(jobs::sync).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(history(database, "jobs_done")).containsExactly("BASELINE 0", "SQL 1", "SQL 2");
  }

  @ParameterizedTest
  @EnumSource
  void theHistoryOfAnotherSetAloneIsNoDifferenceWhateverItsName(OthersFixture engine) {
    var database = engine.fresh();
    flyway(database).table("zzz").baselineVersion("7").load().baseline();
    var app = set(engine, database, "app", "nothing");

    assertTakenAsEmpty(app);
    assertUnchanged(app);
  }
}
