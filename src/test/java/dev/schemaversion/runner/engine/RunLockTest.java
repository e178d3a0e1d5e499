package dev.schemaversion.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One runner at a time, and one that is told to stop. */
class RunLockTest {
  private static final String HISTORY = "SELECT version FROM flyway_schema_history";

  /** Waits until the test lets go of advisory lock 1. */
  private static final String WAIT = "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(1);";

  @TempDir Path root;
  @TempDir Path otherRoot;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1, 3);
    job.file("V2__wait.sql", WAIT);
  }

  @Test
  void aSecondRunnerLeavesAndNamesTheFirst() throws SQLException {
    var second = new Job(otherRoot, database).tables(1);
    second.name = "glance-sync-test-2";
    whileWaiting(
        () -> {
          assertThat(second.sync("1").report())
              .satisfies(
                  report -> {
                    assertThat(report.outcome()).isEqualTo(Outcome.LOCK_BUSY);
                    assertThat(report.message()).contains("glance-sync-test-1");
                  });
          assertThat(second.baseline().report().outcome()).isEqualTo(Outcome.LOCK_BUSY);
        },
        Outcome.SUCCEEDED);

    second.file("V2__wait.sql", WAIT).tables(3);
    assertThat(second.sync("3").report().migrationsApplied()).isZero();
  }

  @Test
  void aRunnerOfAnotherDatabaseIsNotDisturbed() throws SQLException {
    var second = new Job(otherRoot, Postgres.fresh()).tables(1);

    whileWaiting(
        () -> assertThat(second.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED),
        Outcome.SUCCEEDED);
  }

  @Test
  void aFlywayOfSomebodyElseIsBusyToo() throws SQLException {
    try (var other = database.connect();
        var statement = other.createStatement()) {
      statement.execute("SET application_name = 'flyway by hand'");
      long key = 77_431_708_279_161L + "\"public\".\"flyway_schema_history\"".hashCode();
      statement.execute("SELECT pg_advisory_lock(" + key + ")");

      var report = job.sync("1").report();

      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.LOCK_BUSY);
      assertThat(report.message()).contains("flyway by hand");
    }
  }

  @Test
  void aRunnerThatIsToldToStopFinishesTheMigrationItIsIn() throws SQLException {
    var report = whileWaiting(job.stop::request, Outcome.INTERRUPTED).report();

    assertThat(report.version()).isEqualTo("2");
    assertThat(report.migrationsApplied()).isEqualTo(2);
    assertThat(report.message()).contains("before V3__table_3.sql");
    assertThat(database.query(HISTORY)).containsExactly("1", "2");

    var next = new Job(otherRoot, database).tables(1, 3).file("V2__wait.sql", WAIT);
    assertThat(next.sync("3").report().migrationsApplied()).isEqualTo(1);
  }

  @Test
  void aRunnerThatIsToldToStopInItsLastMigrationHasSucceeded() throws SQLException {
    job.version("2");

    assertThat(whileWaiting(job.stop::request, Outcome.SUCCEEDED).report().version())
        .isEqualTo("2");
  }

  @Test
  void aRunnerThatIsToldToStopBeforeItHasBegunDoesNothing() {
    job.stop.request();
    var before = database.dump();

    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(database.dump()).isEqualTo(before);
  }

  /** Runs the job and does something while its second migration waits. */
  private Job.Ended whileWaiting(Runnable action, Outcome expected) throws SQLException {
    if (job.version.equals("1")) {
      job.version("3");
    }
    try (var gate = database.connect();
        var statement = gate.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1)");
      var run = CompletableFuture.supplyAsync(job::sync);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  !database
                      .query(
                          "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND"
                              + " database = (SELECT oid FROM pg_database WHERE datname ="
                              + " current_database())")
                      .isEmpty());
      action.run();
      statement.execute("SELECT pg_advisory_unlock(1)");
      var ended = run.join();
      assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(expected);
      return ended;
    }
  }
}
