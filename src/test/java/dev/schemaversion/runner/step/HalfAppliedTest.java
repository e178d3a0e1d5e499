package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.KnownSchema;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that commit by themselves and do not end: never repeated, and told how far they came. */
class HalfAppliedTest {
  private static final String HISTORY =
      "SELECT CONCAT(script, ' ', success) FROM flyway_schema_history ORDER BY installed_rank";

  private static final String COUNT = "INSERT INTO counter VALUES ('%s');\n";

  @TempDir Path root;
  private MariaDb.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = MariaDb.fresh();
    job =
        new Job(root, database)
            .file(
                "V1__counter.sql",
                "CREATE TABLE counter (who varchar(20)); CREATE TABLE t (a int);");
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    job.proof = ProofRules.STRICT;
  }

  @Test
  void aFailureInTheMiddleIsToldWithTheStatementsThatAreDone() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file(
        "V2__x.sql",
        """
        CREATE TABLE t2 (a int);
        ALTER TABLE t ADD COLUMN b int;
        ALTER TABLE t ADD UNIQUE (a);
        CREATE TABLE t3 (a int);
        """);

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message())
        .contains(
            "V2__x.sql line 3: Duplicate entry '…' for key",
            "Of its 4 statements, 1 to 2 (to line 2) are done already",
            "SET success = true WHERE installed_rank = 2",
            "DELETE FROM `" + database.name() + "`.`flyway_schema_history`");
    assertThat(report.version()).isEqualTo("1");
    assertThat(report.migrationsApplied()).isZero();
    assertThat(database.query(HISTORY)).containsExactly("V1__counter.sql 1", "V2__x.sql 0");
    var before = database.dump();
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(job.plan().report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(job.baseline().report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void undoneByHandItIsProvenAndRunsAgain() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", "CREATE TABLE t2 (a int);\nALTER TABLE t ADD UNIQUE (a);\n");
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    database.execute("DROP TABLE t2", "DELETE FROM t");

    var ended = job.sync("2");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log()).contains("nothing of it was done");
    assertThat(database.query(HISTORY)).containsExactly("V1__counter.sql 1", "V2__x.sql 1");
  }

  @Test
  void finishedByHandAndSaidSoItIsProvenAndGoesOn() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", "CREATE TABLE t2 (a int);\nALTER TABLE t ADD UNIQUE (a);\n").tables(3);
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    database.execute(
        "DELETE FROM t",
        "ALTER TABLE t ADD UNIQUE (a)",
        "UPDATE flyway_schema_history SET success = 1 WHERE installed_rank = 2");

    var report = job.sync("3").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(1);
  }

  @Test
  void aFailureOfTheFirstStatementHasDoneNothingAndTheCorrectedScriptGoesOn() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", "ALTER TABLE t ADD UNIQUE (a);\nCREATE TABLE t2 (a int);\n");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(database.query(HISTORY)).containsExactly("V1__counter.sql 1");
    job.file("V2__x.sql", "CREATE TABLE t2 (a int);\n");
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aFailedScriptThatOnlyChangesRowsIsRolledBackWhole() {
    job.withoutScratch();
    job.file(
        "V2__x.sql", COUNT.formatted("first") + "INSERT INTO counter VALUES (REPEAT('x', 99));\n");
    job.proof = known();

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(database.query("SELECT who FROM counter")).isEmpty();
    assertThat(database.query(HISTORY)).containsExactly("V1__counter.sql 1");
  }

  @Test
  void rowsThatAStatementOfTheSchemaHasCommittedAreNeverRepeated() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", COUNT.formatted("second") + "ALTER TABLE t ADD UNIQUE (a);\n");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message()).contains("does more than change the schema");
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(database.query("SELECT who FROM counter")).containsExactly("second");
  }

  @Test
  void aSessionKilledInTheMiddleOfAScriptIsFoundHalfAppliedByTheNextRun() {
    job.file("V2__x.sql", "CREATE TABLE t2 (a int);\nDO SLEEP(300);\nCREATE TABLE t3 (a int);\n");
    job.withoutScratch();
    job.proof = known();
    var run = CompletableFuture.supplyAsync(() -> job.sync("2"));
    var sleeping = "SELECT id FROM information_schema.processlist WHERE info LIKE 'DO SLEEP%'";
    await().atMost(Duration.ofSeconds(60)).until(() -> !database.query(sleeping).isEmpty());
    database.admin("KILL " + database.query(sleeping).getFirst());

    var lost = run.join().report();

    assertThat(lost.outcome()).as(lost.message()).isEqualTo(Outcome.CONNECTION_LOST);
    assertThat(lost.message()).contains("next attempt determines");
    job.file("V2__x.sql", "CREATE TABLE t2 (a int);\nDO SLEEP(300);\nCREATE TABLE t3 (a int);\n");
    var next = job.sync("2").report();
    assertThat(next.outcome()).as(next.message()).isEqualTo(Outcome.PROOF_NEEDED);
    assertThat(database.query(HISTORY)).containsExactly("V1__counter.sql 1", "V2__x.sql 0");
  }

  @Test
  void aScriptThatWaitsTooLongForALockIsTriedAgainIfNothingOfItIsDone() throws Exception {
    job.file("V2__x.sql", "ALTER TABLE t ADD COLUMN b int;\n");
    database.execute("INSERT INTO t VALUES (1)");
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE t SET a = 2");

      var report = job.sync("2").report();

      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.LOCK_TIMEOUT);
      assertThat(database.query(HISTORY)).containsExactly("V1__counter.sql 1");
      other.rollback();
    }
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  /** As it is proven now. */
  private ProofRules known() {
    var looked = job.verify().report();
    return new ProofRules(List.of(), null, List.of(), new KnownSchema("1", looked.schema(), null));
  }
}
