package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.RunRequest.Limits;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts of PostgreSQL that are not rolled back as a whole: they run, and are written as Flyway.
 */
class NonTransactionalTest {
  private static final String HISTORY =
      "SELECT concat_ws(' ', installed_rank, version, description, type, script, checksum,"
          + " success) FROM flyway_schema_history ORDER BY installed_rank";

  private static final String FIRST =
      """
      CREATE TYPE mood AS ENUM ('sad');
      CREATE TABLE t (a int, b int, m mood);
      CREATE INDEX i ON t (a);
      CREATE PROCEDURE p() LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO t VALUES (7); COMMIT; INSERT INTO t VALUES (8); END $$;
      """;

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).file("V1__t.sql", FIRST);
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    job.proof = RunRequest.Proofs.STRICT;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY j ON t (b);",
        "VACUUM t;",
        "VACUUM t; REINDEX INDEX CONCURRENTLY i;",
        "CREATE TABLE u (a int); VACUUM t; SET ROLE pg_read_all_data;",
        "BEGIN; CREATE TABLE u (a int); COMMIT;",
        "start  transaction; CREATE TABLE u (a int); commit work;",
        "CREATE TABLE u (a int); COMMIT AND CHAIN; CREATE TABLE v (a int); END;",
        "CREATE TABLE u (a int); ROLLBACK; CREATE TABLE v (a int);",
        "CREATE TABLE u (a int); ABORT;",
        "-- a note\n/* and\nanother */ Commit;",
        "INSERT INTO t VALUES (1); COMMIT; ALTER TABLE t ADD COLUMN c int;",
        "ALTER TYPE mood ADD VALUE 'ok'; COMMIT; INSERT INTO t VALUES (1, 1, 'ok');",
        "ALTER TYPE mood ADD VALUE 'ok'; VACUUM t; INSERT INTO t VALUES (1, 1, 'ok');",
        "VACUUM t; CALL p();",
      })
  void itRunsAndItsRowIsTheOneThatFlywayWrites(String sql) throws Exception {
    database.admin("GRANT pg_read_all_data TO " + database.user() + " WITH ADMIN OPTION");
    job.file("V2__x.sql", sql + "\n").tables(3);

    var ended = job.sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query(HISTORY)).isEqualTo(byFlyway(sql + "\n"));
  }

  private List<String> byFlyway(String sql) throws Exception {
    var folder = Files.createDirectory(root.resolve("by-flyway"));
    Files.writeString(folder.resolve("V1__t.sql"), FIRST);
    Files.writeString(folder.resolve("V2__x.sql"), sql);
    Files.writeString(folder.resolve("V3__table_3.sql"), "CREATE TABLE t3 (id int);\n");
    var other = Postgres.fresh();
    other.admin("GRANT pg_read_all_data TO " + other.user());
    var flyway =
        Flyway.configure()
            .dataSource(
                "jdbc:postgresql://localhost:" + other.port() + "/" + other.name(),
                other.user(),
                other.password())
            .locations("filesystem:" + folder)
            .mixed(true);
    flyway
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    flyway.load().migrate();
    return other.query(HISTORY);
  }

  @Test
  void twelveStatementsOfWhichTheSecondCannotRunInATransaction() {
    job.file("V2__x.sql", twelve("CREATE TABLE t8 (id int);"));

    var ended = job.sync("2");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT to_regclass('i')")).containsExactly((String) null);
    assertThat(database.query("SELECT to_regclass('t12')")).containsExactly("t12");
  }

  @Test
  void aFailureInTheMiddleNamesTheStatementsThatAreDoneAndHowToGoOn() {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", twelve("ALTER TABLE t ADD UNIQUE (a);"));

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

  /** One statement in each line. */
  private static String twelve(String eighth) {
    var sql = new StringBuilder();
    for (int line = 1; line <= 12; line++) {
      sql.append(
              line == 2
                  ? "DROP INDEX CONCURRENTLY i;"
                  : line == 8 ? eighth : "CREATE TABLE t" + line + " (id int);")
          .append('\n');
    }
    return sql.toString();
  }

  @Test
  void whileTheSessionOfADeadRunnerStillMigratesNothingIsDecided() throws Exception {
    database.execute("INSERT INTO t VALUES (1), (1)");
    job.withoutClone();
    job.file("V2__x.sql", twelve("ALTER TABLE t ADD UNIQUE (a);"));
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

  @Test
  void anIndexThatRowsForbidIsDroppedAgainAndTheCorrectedScriptGoesOn() {
    database.execute("INSERT INTO t VALUES (1, 2), (1, 2)");
    job.withoutClone();
    job.file("V2__x.sql", "CREATE UNIQUE INDEX CONCURRENTLY j ON t (b);\n");

    var ended = job.sync("2");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(ended.log()).contains("left the index public.j invalid, which was dropped");
    assertThat(database.query("SELECT to_regclass('j')")).containsExactly((String) null);
    job.file("V2__x.sql", "CREATE INDEX CONCURRENTLY j ON t (b);\n");
    var next = job.sync("2");
    assertThat(next.report().outcome()).as(next.log()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aBuildWaitsForOlderTransactionsLongerThanForALockAndTheLogSaysForWhich() throws Exception {
    job.limits = new Limits(null, 1, null);
    for (int version = 2; version <= 90; version++) {
      job.tables(version);
    }
    job.without("V45__table_45.sql").file("V45__i.sql", "CREATE INDEX CONCURRENTLY j ON t (b);");
    try (var other = withSnapshot(database)) {
      var run = CompletableFuture.supplyAsync(() -> job.sync("90"));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> run.isDone() || !database.query(WATCHING).isEmpty());
      assertThat(run).isNotDone();
      assertThat(waiting(database, "CREATE INDEX CONCURRENTLY")).isNotEmpty();
      other.rollback();

      var ended = run.join();

      assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(ended.report().migrationsApplied()).isEqualTo(89);
      assertThat(ended.log())
          .containsPattern("waiting for transactions of other sessions to end: process [0-9]+, app")
          .contains("application patient", "user postgres");
    }
  }

  /** The runner looks for which sessions a build waits. */
  private static final String WATCHING =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'"
          + " AND query LIKE '%pg\\_blocking\\_pids(%'";

  private static List<String> waiting(Postgres.Database database, String statement) {
    return database.query(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event_type = 'Lock' AND query LIKE '"
            + statement
            + "%'");
  }

  private static Connection withSnapshot(Postgres.Database database) throws SQLException {
    var session = database.connect();
    try (var statement = session.createStatement()) {
      statement.execute("SET application_name = 'patient'");
      session.setAutoCommit(false);
      session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("SELECT 1");
    }
    return session;
  }

  /** Runs to version 2 and ends the migrating session as soon as this statement waits. */
  private static Job.Ended killedIn(String statement, Job job, Postgres.Database database) {
    var run = CompletableFuture.supplyAsync(() -> job.sync("2"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> run.isDone() || !waiting(database, statement).isEmpty());
    assertThat(run).isNotDone();
    database.admin("SELECT pg_terminate_backend(" + waiting(database, statement).getFirst() + ")");
    var ended = run.join();
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.CONNECTION_LOST);
    assertThat(ended.report().message()).contains("next attempt determines");
    return ended;
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 18})
  void aRunnerThatDiesInABuildLeavesAnInvalidIndexThatTheNextOneDrops(int major) throws Exception {
    if (major == 18) {
      database = Postgres.fresh18();
      job = new Job(root, database).file("V1__t.sql", FIRST);
      job.scratch = Postgres.scratch18();
      assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
    job.withoutScratch(); // no pg_dump 18 is needed
    job.proof = new RunRequest.Proofs(List.of(), null, List.of(), known());
    job.file("V2__x.sql", "CREATE INDEX CONCURRENTLY j ON t (b);\n");
    try (var other = withSnapshot(database)) {
      killedIn("CREATE INDEX CONCURRENTLY", job, database);
      other.rollback();
    }
    assertThat(database.query(INVALID)).containsExactly("j");
    var before = database.dump();

    job.scratch = major == 18 ? Postgres.scratch18() : Postgres.scratch();
    var proven = job.run(Step.PROVE);
    assertThat(proven.report().outcome()).as(proven.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.dump()).isEqualTo(before);
    job.withoutScratch();
    var ended = job.sync("2");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log()).contains("V2__x.sql", "left the index public.j invalid");
    assertThat(database.query(INVALID)).isEmpty();
    assertThat(database.query("SELECT to_regclass('j')")).containsExactly("j");
  }

  private RunRequest.Known known() {
    return new RunRequest.Known("1", job.verify().report().schema(), null);
  }

  private static final String INVALID =
      "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid ORDER BY 1";

  @Test
  void whatARebuildThatDiesLeavesIsDroppedToo() throws Exception {
    job.file(
        "V2__x.sql",
        "REINDEX INDEX CONCURRENTLY i;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS j ON t (b);\n");
    try (var other = withSnapshot(database)) {
      killedIn("REINDEX", job, database);
      other.rollback();
    }
    assertThat(database.query(INVALID)).containsExactly("i_ccnew");

    var ended = job.sync("2");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query(INVALID)).isEmpty();
    assertThat(database.query("SELECT to_regclass('j')")).containsExactly("j");
  }

  @Test
  void anInvalidIndexOfAScriptThatDoesMoreIsNamedAndLeft() throws Exception {
    job.file("V2__x.sql", "CREATE TABLE u (a int);\nCREATE INDEX CONCURRENTLY j ON t (b);\n");
    try (var other = withSnapshot(database)) {
      killedIn("CREATE INDEX CONCURRENTLY", job, database);
      other.rollback();
    }

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message())
        .contains("Of its 2 statements, 1 to 1 (to line 1)", "to be dropped: public.j.");
    assertThat(database.query(INVALID)).containsExactly("j");
  }

  @Test
  void anInvalidIndexThatNobodyNamesIsNotTouched() throws Exception {
    job.file("V2__x.sql", "CREATE INDEX CONCURRENTLY j ON t (b);\n");
    try (var other = withSnapshot(database)) {
      killedIn("CREATE INDEX CONCURRENTLY", job, database);
      other.rollback();
    }
    database.admin("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(database.query(INVALID)).containsExactly("i", "j");
  }

  @Test
  void aRunnerThatDiesBetweenTwoStatementsIsFoundByWhatIsCommitted() throws Exception {
    var sql = "CREATE TABLE u (a int);\nCOMMIT;\nLOCK TABLE t;\nCREATE TABLE v (a int);\n";
    job.file("V2__x.sql", sql);
    try (var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN ROW EXCLUSIVE MODE");
      killedIn("LOCK TABLE", job, database);
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
  void aDatabaseIsCreatedOnTheServerAndNotOnTheScratchServer() {
    var created = database.name() + "_more";
    database.admin("ALTER ROLE " + database.user() + " CREATEDB");
    job.file("V2__x.sql", "CREATE DATABASE " + created + ";\n").tables(3);

    var ended = job.sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log()).containsOnlyOnce("skipped on the scratch server");
    assertThat(database.query("SELECT datname FROM pg_database WHERE datname = '" + created + "'"))
        .containsExactly(created);
    database.admin("DROP DATABASE " + created);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALTER SYSTEM SET work_mem = '8MB';", "CREATE DATABASE not_mine;"})
  void whatTheUserMayNotDoToTheServerFailsAndLeavesNothing(String sql) {
    job.file("V2__x.sql", sql);

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("V2__x.sql line 1: permission denied");
    assertThat(database.query("SELECT script FROM flyway_schema_history"))
        .containsExactly("V1__t.sql");
  }

  @Test
  void aSessionThatForgetsAllItsSettingsAndLocksGoesOn() {
    job.file("V2__x.sql", "CREATE TABLE u (a int); DISCARD ALL;").tables(3);

    var ended = job.sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aStatementThatNeedsItsOwnTransactionAndIsNotKnownToFlywayIsToldHowToGetIt() {
    job.file("V2__x.sql", "REINDEX INDEX CONCURRENTLY i;");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("executeInTransaction=false in V2__x.sql.conf");
  }
}
