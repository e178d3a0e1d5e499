package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.ReportBuilder;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations that fail while they run, and what is left of them. */
class MigrationFailureTest {
  private static final String HISTORY = "SELECT version FROM flyway_schema_history";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    // Whatever fails on rows or on other sessions fails on the real database only.
    job = new Job(root, database).withoutScratch().tables(1, 2);
  }

  @Test
  void aFailingStatementIsNamedAndItsScriptIsRolledBack() {
    job.file(
        "V014__add_index.sql",
        "CREATE TABLE before_it (id int);\n\nCREATE INDEX i\n  ON t1 (visibilty);\n");

    var ended = job.sync("14");

    assertThat(ended.report())
        .isEqualTo(
            ReportBuilder.builder()
                .step(Step.SYNC)
                .outcome(Outcome.MIGRATION_FAILED)
                .message(
                    "V014__add_index.sql line 3: column \"visibilty\" does not exist (SQLState 42703):"
                        + " CREATE INDEX i ON t1 (visibilty). The script was rolled back; the database"
                        + " is still at 2. Correct the migration and apply it, or set the annotation"
                        + " schemaversion.dev/retry.")
                .version("2")
                .migrationsApplied(2)
                .migrationsDigest(ended.report().migrationsDigest())
                .database(ended.report().database())
                .serverVersion(ended.report().serverVersion())
                .failure(
                    new Report.Failure(
                        "V014__add_index.sql", 3, "CREATE INDEX i\n  ON t1 (visibilty)", "42703"))
                .build());
    assertThat(database.query(HISTORY)).containsExactly("1", "2");
    assertThat(database.query("SELECT to_regclass('before_it')")).containsExactly((String) null);
  }

  @Test
  void aCorrectedMigrationGoesOn() {
    job.file("V3__x.sql", "broken").sync("3");
    job.prove();

    var report = job.file("V3__x.sql", "SELECT 1").sync("3").report();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(1);
  }

  @Test
  void aConstraintThatSpeaksUpAtTheEndFailsTheScriptAsWell() {
    job.file(
        "V3__x.sql",
        """
        ALTER TABLE t1 ADD PRIMARY KEY (id);
        CREATE TABLE c (id int REFERENCES t1 DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO c VALUES (1);
        """);

    var report = job.sync("3").report();

    assertThat(report.outcome()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.failure().file()).isEqualTo("V3__x.sql");
    assertThat(report.failure().sqlState()).isEqualTo("23503");
    assertThat(database.query(HISTORY)).containsExactly("1", "2");
    assertThat(database.query("SELECT to_regclass('c')")).containsExactly((String) null);
  }

  @Test
  void aRowThatTheServerQuotesIsNotRepeated() {
    job.file("V3__people.sql", "CREATE TABLE people (email text)").sync("3");
    database.execute("INSERT INTO people VALUES ('ada@example.com'), ('ada@example.com')");
    job.withoutClone();

    var unique = job.file("V4__x.sql", "CREATE UNIQUE INDEX u ON people (email)").sync("4");
    var convert =
        job.file("V4__x.sql", "ALTER TABLE people ALTER email TYPE int USING email::int").sync();

    assertThat(unique.report().failure().sqlState()).isEqualTo("23505");
    assertThat(convert.report().failure().sqlState()).isEqualTo("22P02");
    assertThat(unique.log() + unique.report() + convert.log() + convert.report())
        .doesNotContain("ada@example.com");
  }

  @Test
  void aLockThatAnotherSessionHoldsIsWaitedForAndThenGivenUp() throws SQLException {
    job.sync("2");
    try (var other = locked("t1")) {
      var report = job.file("V3__x.sql", "ALTER TABLE t1 ADD COLUMN n int").sync("3").report();

      assertThat(report.outcome()).isEqualTo(Outcome.LOCK_TIMEOUT);
      assertThat(report.message()).contains("V3__x.sql line 1", "still at 2", "holds the lock");
      other.rollback();
    }
    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void theVictimOfADeadlockIsTriedAgain() throws SQLException {
    job.sync("2");
    job.file(
        "V3__x.sql",
        """
        LOCK TABLE t2;
        DO $$ BEGIN
          WHILE NOT EXISTS (SELECT FROM pg_locks WHERE relation = 't2'::regclass AND NOT granted)
          LOOP PERFORM pg_sleep(0.01); END LOOP;
        END $$;
        LOCK TABLE t1;
        """);
    try (var other = locked("t1");
        var statement = other.createStatement()) {
      // so that the migration is the one who finds out and gives way
      statement.execute("SET deadlock_timeout = '1h'");
      var run = CompletableFuture.supplyAsync(() -> job.sync("3"));
      await().atMost(Duration.ofSeconds(30)).until(() -> !waitingMigration().isEmpty());
      statement.execute("LOCK TABLE t2");
      other.rollback();

      var report = run.join().report();
      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.DEADLOCK);
      assertThat(report.failure().line()).isEqualTo(6);
      assertThat(report.version()).isEqualTo("2");
    }
  }

  @Test
  void aSessionThatIsKilledLeavesNothingAndTheNextRunDoesItOnce() {
    job.file(
        "V3__x.sql",
        """
        CREATE TABLE counted (n int);
        INSERT INTO counted VALUES (1);
        SELECT pg_terminate_backend(pg_backend_pid());
        """);
    job.file("V4__y.sql", "INSERT INTO counted VALUES (2);");

    var killed = job.sync("4").report();

    assertThat(killed.outcome()).as(killed.message()).isEqualTo(Outcome.CONNECTION_LOST);
    assertThat(killed.version()).isEqualTo("2");
    assertThat(killed.migrationsApplied()).isEqualTo(2);
    assertThat(database.query("SELECT to_regclass('counted')")).containsExactly((String) null);
    assertThat(database.query(HISTORY)).containsExactly("1", "2");

    job.prove();
    job.file("V3__x.sql", "CREATE TABLE counted (n int);\nINSERT INTO counted VALUES (1);\n");

    assertThat(job.sync("4").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT n FROM counted ORDER BY n")).containsExactly("1", "2");
    assertThat(database.query(HISTORY)).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aSessionThatIsKilledFromOutsideInTheMiddleOfAScript() {
    job.file("V3__x.sql", "CREATE TABLE t3 (id int);\nSELECT pg_sleep(3600);\n");
    var run = CompletableFuture.supplyAsync(() -> job.sync("3"));
    await().atMost(Duration.ofSeconds(30)).until(() -> !sleeping().isEmpty());

    database.query("SELECT pg_terminate_backend(" + sleeping() + ")");

    assertThat(run.join().report().outcome()).isEqualTo(Outcome.CONNECTION_LOST);
    assertThat(run.join().report().version()).isEqualTo("2");
    assertThat(database.query("SELECT to_regclass('t3')")).containsExactly((String) null);
  }

  @Test
  void aRunLockSessionThatIsKilledEndsTheRunBeforeTheNextMigration() {
    job.file(
        "V3__x.sql",
        """
        CREATE VIEW others AS SELECT pid FROM pg_stat_activity
          WHERE pid <> pg_backend_pid() AND datname = current_database()
            AND application_name = current_setting('application_name');
        SELECT pg_terminate_backend(pid) FROM others;
        DO $$ BEGIN
          WHILE EXISTS (SELECT FROM others) LOOP
            PERFORM pg_sleep(0.01), pg_stat_clear_snapshot();
          END LOOP;
        END $$;
        """);
    job.tables(4);

    var report = job.sync("4").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.CONNECTION_LOST);
    assertThat(database.query(HISTORY)).containsExactly("1", "2", "3");
    // What it committed is not proven yet.
    assertThat(job.sync("4").report().outcome()).isEqualTo(Outcome.PROOF_NEEDED);
  }

  private Connection locked(String table) throws SQLException {
    var other = database.connect();
    other.setAutoCommit(false);
    try (var statement = other.createStatement()) {
      statement.execute("LOCK TABLE " + table);
    }
    return other;
  }

  private List<String> waitingMigration() {
    return database.query(
        "SELECT pid FROM pg_locks WHERE relation = 't2'::regclass AND granted AND pid <>"
            + " pg_backend_pid()");
  }

  private String sleeping() {
    var pids =
        database.query(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event ="
                + " 'PgSleep'");
    return pids.isEmpty() ? "" : pids.getFirst();
  }
}
