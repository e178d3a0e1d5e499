package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.Engines;
import dev.schemaversion.runner.Inputs;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.Requests;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends when it takes longer than it may, and what is left of it. */
class LimitsTest {
  private static final String HISTORY = "SELECT version FROM flyway_schema_history";
  private static final String SLEEPING =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event ="
          + " 'PgSleep'";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).withoutScratch().tables(1, 2);
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aStatementThatTakesTooLongIsEndedAndItsScriptRolledBack() {
    job.limits = new RunLimits(null, 5, 2);
    job.file("V3__x.sql", "CREATE TABLE t3 (id int);\nSELECT pg_sleep(3600);\n");

    var report = job.sync("3").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.STATEMENT_TIMEOUT);
    assertThat(report.message())
        .contains("V3__x.sql line 2", "rolled back", "still at 2", "spec.job.limits.statement");
    assertThat(database.query("SELECT to_regclass('t3')")).containsExactly((String) null);
    job.limits = null;
    job.file("V3__x.sql", "CREATE TABLE t3 (id int);\n");
    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aStatementThatSomebodyCancelsEndsInTheSameWayAndTheMessageNamesBoth() {
    job.file("V3__x.sql", "SELECT pg_sleep(3600);\n");
    var run = CompletableFuture.supplyAsync(() -> job.sync("3").report());
    await().atMost(Duration.ofSeconds(60)).until(() -> !database.query(SLEEPING).isEmpty());

    database.query("SELECT pg_cancel_backend(" + database.query(SLEEPING).getFirst() + ")");

    assertThat(run.join().outcome()).isEqualTo(Outcome.STATEMENT_TIMEOUT);
    assertThat(run.join().message()).contains("took longer than", "it was cancelled");
  }

  @Test
  void onlyTheSessionThatMigratesHasTheStatementLimitAndAllHaveTheOneOfLocks() throws Exception {
    job.limits = new RunLimits(null, 7, 600);
    job.files.mount();
    var request = Requests.read(job.request(Step.SYNC), new ReportDraft());
    var engine = Engines.named(request.database().engine());
    var target = Target.of(request, new Inputs(root), engine);

    assertThat(settings(engine.sessions(target))).isEqualTo("7s 0");
    assertThat(settings(engine.migrating(target))).isEqualTo("7s 10min");
  }

  private static String settings(DataSource sessions) throws SQLException {
    try (var session = sessions.getConnection()) {
      return Rows.names(
              session,
              "SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')")
          .getFirst();
    }
  }

  @Test
  void aLockThatIsHeldLongerThanMayBeWaitedForIsGivenUp() throws Exception {
    job.limits = new RunLimits(null, 1, null);
    job.file("V3__x.sql", "ALTER TABLE t1 ADD COLUMN n int");
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE t1");

      assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.LOCK_TIMEOUT);
      other.rollback();
    }
    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aRunThatTakesTooLongEndsTheMigrationItIsInAndTheNextOneGoesOnFromThere() {
    job.tables(3, 4);
    job.limits = new RunLimits(10, 5, null);
    // As if the third took an hour.
    job.stop =
        new Shutdown(
            () -> database.query(HISTORY).contains("3") ? Duration.ofHours(1).toNanos() : 0);

    var report = job.sync("4").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.RUN_TIME_LIMIT);
    assertThat(report.message())
        .contains("exceeded spec.job.limits.run (10 s)", "before V4__table_4.sql", "are committed");
    assertThat(report.version()).isEqualTo("3");
    assertThat(report.migrationsApplied()).isEqualTo(1);
    job.stop = new Shutdown();
    job.proof = ProofRules.STRICT; // what was proven is the version before
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(job.sync("4").report().migrationsApplied()).isEqualTo(1);
    assertThat(database.query(HISTORY)).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aRunThatIsOverBeforeItRehearsesTouchesNothing() {
    job.scratch = Postgres.scratch();
    job.file("V3__x.sql", "CREATE TABLE t3 (id int);\n");
    job.limits = new RunLimits(10, 5, null);
    var before = database.dump();
    // As if the run lock had been waited for.
    job.stop = new Shutdown(() -> locked() ? Duration.ofHours(1).toNanos() : 0);

    var report = job.sync("3").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.RUN_TIME_LIMIT);
    assertThat(report.message()).contains("spec.job.limits.run");
    assertThat(database.dump()).isEqualTo(before);
  }

  private boolean locked() {
    return !database
        .query(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM"
                + " pg_database WHERE datname = current_database())")
        .isEmpty();
  }
}
