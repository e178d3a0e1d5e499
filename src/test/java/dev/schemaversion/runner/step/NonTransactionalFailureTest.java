package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scripts of PostgreSQL that are not rolled back as a whole and did not come to their end: what of
 * them is done decides.
 */
class NonTransactionalFailureTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = NonTransactionalFixture.migrated(root, database);
  }

  @Test
  void aFailureInTheMiddleNamesTheStatementsThatAreDoneAndHowToGoOn() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", NonTransactionalFixture.twelve("ALTER TABLE t ADD UNIQUE (a);"));

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message())
        .contains(
            "V2__x.sql line 8: could not create unique index",
            "By its history the database is still at 1",
            "it cannot run in a transaction, each of its statements commits on its own",
            "Of its 12 statements, 1 to 7 (to line 7) are done already",
            "SET success = true WHERE installed_rank = 2",
            "DELETE FROM \"public\".\"flyway_schema_history\"")
        .doesNotContain("rolled back");
    var before = database.dump();
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(job.baseline().report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(database.dump()).isEqualTo(before);

    database.execute("DELETE FROM t", "ALTER TABLE t ADD UNIQUE (a)");
    for (int rest = 9; rest <= 12; rest++) {
      database.execute("CREATE TABLE t" + rest + " (id int)");
    }
    database.execute("UPDATE flyway_schema_history SET success = true WHERE installed_rank = 2");
    var next = job.file("V3__more.sql", "CREATE TABLE more (id int);").sync("3");
    assertThat(next.report().outcome()).as(next.log()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void whileTheSessionOfADeadRunnerStillMigratesNothingIsDecided() throws Exception {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", NonTransactionalFixture.twelve("ALTER TABLE t ADD UNIQUE (a);"));
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    try (var other = database.connect();
        var statement = other.createStatement()) {
      long flyways = 77_431_708_279_161L + "\"public\".\"flyway_schema_history\"".hashCode();
      statement.execute("SELECT pg_advisory_lock(" + flyways + ")");

      assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.LOCK_BUSY);
      assertThat(job.prove().report().outcome()).isEqualTo(Outcome.LOCK_BUSY);
    }
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
  }

  @Test
  void aRunnerThatDiesBetweenTwoStatementsIsFoundByWhatIsCommitted() throws Exception {
    var sql = "CREATE TABLE u (a int);\nCOMMIT;\nLOCK TABLE t;\nCREATE TABLE v (a int);\n";
    job.file("V2__x.sql", sql);
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN ROW EXCLUSIVE MODE");
      NonTransactionalFixture.killedIn("LOCK TABLE", job, database);
      other.rollback();
    }

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message()).contains("Of its 4 statements, 1 to 2 (to line 2) are done");
    database.execute("DROP TABLE u");
    var next = job.sync("2");
    assertThat(next.report().outcome()).as(next.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(next.log()).contains("nothing of it was done");
  }

  @Test
  void rowsThatWereCommittedAreNeverChangedAgain() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", "INSERT INTO t VALUES (5);\nCOMMIT;\nALTER TABLE t ADD UNIQUE (a);\n");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message())
        .contains("it begins or ends transactions itself", "does more than change the schema");
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(database.query("SELECT a FROM t WHERE a = 5")).containsExactly("5");
  }

  @Test
  void rowsOfATableThatIsGoneAgainAreNotTakenForUndone() {
    database.execute("INSERT INTO t VALUES (5)");
    job.file(
        "V2__x.sql",
        """
        CREATE TABLE u (a int);
        COMMIT;
        INSERT INTO t VALUES (5);
        DROP TABLE u;
        COMMIT;
        ALTER TABLE t ADD UNIQUE (a);
        """);

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(database.query("SELECT a FROM t")).containsExactly("5", "5");
  }

  @Test
  void aFailureBeforeTheFirstCommitHasLeftNothing() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", "INSERT INTO t VALUES (5);\nALTER TABLE t ADD UNIQUE (a);\nCOMMIT;\n");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(database.query("SELECT script FROM flyway_schema_history"))
        .containsExactly("V1__t.sql");
    assertThat(database.query("SELECT a FROM t")).containsExactly("1", "1");
  }

  @Test
  void aRowOfFailureOfAScriptThatRollsBackStaysForAPerson() {
    job.tables(2).sync("2");
    database.execute("UPDATE flyway_schema_history SET success = false WHERE version = '2'");

    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.FAILED_IN_HISTORY);
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.FAILED_IN_HISTORY);
  }
}
