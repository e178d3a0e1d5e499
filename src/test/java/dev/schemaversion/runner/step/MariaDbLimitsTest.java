package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.Engines;
import dev.schemaversion.runner.Inputs;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.Requests;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.testing.MariaDb;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on MariaDB, where what a statement has done before stays. */
class MariaDbLimitsTest {
  private static final String HISTORY =
      "SELECT CONCAT(script, ' ', success) FROM flyway_schema_history ORDER BY installed_rank";

  /** As long as a test could last; on the scratch server, which has no such row, no time at all. */
  private static final String LONG = "INSERT INTO t SELECT SLEEP(3600) FROM t WHERE a = 1;\n";

  @TempDir Path root;
  private MariaDb.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = MariaDb.fresh();
    job = new Job(root, database).file("V1__t.sql", "CREATE TABLE t (a int);");
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    database.execute("INSERT INTO t VALUES (1)");
  }

  @Test
  void aScriptOfRowsThatTakesTooLongIsRolledBackWhole() {
    job.limits = new RunLimits(null, 5, 2);
    job.file("V2__x.sql", "INSERT INTO t VALUES (7);\n" + LONG);

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.STATEMENT_TIMEOUT);
    assertThat(report.message()).contains("V2__x.sql line 2", "spec.job.limits.statement");
    assertThat(database.query("SELECT a FROM t")).containsExactly("1");
    assertThat(database.query(HISTORY)).containsExactly("V1__t.sql 1");
  }

  @Test
  void aScriptThatHasChangedTheSchemaBeforeIsHalfApplied() {
    job.limits = new RunLimits(null, 5, 2);
    job.file("V2__x.sql", "CREATE TABLE t2 (a int);\n" + LONG);

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message())
        .contains(
            "V2__x.sql line 2: Query execution was interrupted",
            "spec.job.limits.statement",
            "Of its 2 statements, 1 to 1 (to line 1) are done");
    assertThat(database.query(HISTORY)).containsExactly("V1__t.sql 1", "V2__x.sql 0");
  }

  @Test
  void aStatementThatNeverEndsOnTheScratchServerIsEndedThere() {
    job.limits = new RunLimits(null, 5, 2);
    var before = database.dump();
    job.file("V2__x.sql", "INSERT INTO t VALUES (1);\n" + LONG);

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("V2__x.sql line 2", "spec.job.limits.statement");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aStatementThatSomebodyCancelsEndsInTheSameWay() {
    job.file("V2__x.sql", LONG);
    var run = CompletableFuture.supplyAsync(() -> job.sync("2").report());
    var sleeping = "SELECT id FROM information_schema.processlist WHERE info LIKE 'INSERT%SLEEP%'";
    await().atMost(Duration.ofSeconds(60)).until(() -> !database.query(sleeping).isEmpty());

    database.admin("KILL QUERY " + database.query(sleeping).getFirst());

    assertThat(run.join().outcome()).as(run.join().message()).isEqualTo(Outcome.STATEMENT_TIMEOUT);
    assertThat(database.query(HISTORY)).containsExactly("V1__t.sql 1");
  }

  @Test
  void locksOfTablesAndOfRowsAreWaitedForAsLongAsMayBe() throws Exception {
    job.limits = new RunLimits(null, 1, null);
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE t SET a = 2");

      for (var sql : new String[] {"ALTER TABLE t ADD COLUMN b int;", "UPDATE t SET a = 3;"}) {
        job.file("V2__x.sql", sql);
        var report = job.sync("2").report();
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.LOCK_TIMEOUT);
      }
      other.rollback();
    }
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void onlyTheSessionThatMigratesHasTheStatementLimit() throws Exception {
    MariaDb.onlyMariaDb("MySQL has no such limit, and the runner ends statements");
    job.limits = new RunLimits(null, 7, 600);
    var request = Requests.read(job.request(Step.SYNC), new ReportDraft());
    var engine = Engines.named(request.database().engine());
    var target = Target.of(request, new Inputs(root), engine);

    assertThat(settings(engine.sessions(target))).isEqualTo("7 7 0.000000");
    assertThat(settings(engine.migrating(target))).isEqualTo("7 7 600.000000");
  }

  private static String settings(DataSource sessions) throws SQLException {
    try (var session = sessions.getConnection()) {
      return Rows.names(
              session,
              "SELECT CONCAT_WS(' ', @@lock_wait_timeout, @@innodb_lock_wait_timeout,"
                  + " @@max_statement_time)")
          .getFirst();
    }
  }
}
