package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.KnownSchema;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes that PostgreSQL builds concurrently: what a build waits for, and what it leaves. */
class ConcurrentIndexTest {
  /** The runner looks for which sessions a build waits. */
  private static final String WATCHING =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'"
          + " AND query LIKE '%pg\\_blocking\\_pids(%'";

  private static final String INVALID =
      "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid ORDER BY 1";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = NonTransactionalFixture.migrated(root, database);
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
    job.limits = new RunLimits(null, 1, null);
    for (int version = 2; version <= 90; version++) {
      job.tables(version);
    }
    job.without("V45__table_45.sql").file("V45__i.sql", "CREATE INDEX CONCURRENTLY j ON t (b);");
    try (var other = NonTransactionalFixture.withSnapshot(database)) {
      var run = CompletableFuture.supplyAsync(() -> job.sync("90"));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> run.isDone() || !database.query(WATCHING).isEmpty());
      assertThat(run).isNotDone();
      assertThat(NonTransactionalFixture.waiting(database, "CREATE INDEX CONCURRENTLY"))
          .isNotEmpty();
      other.rollback();

      var ended = run.join();

      assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(ended.report().migrationsApplied()).isEqualTo(89);
      assertThat(ended.log())
          .containsPattern("waiting for other sessions: process [0-9]+, app")
          .contains("application patient", "user postgres");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 18})
  void aRunnerThatDiesInABuildLeavesAnInvalidIndexThatTheNextOneDrops(int major) throws Exception {
    if (major == 18) {
      database = Postgres.fresh18();
      job = new Job(root, database).file("V1__t.sql", NonTransactionalFixture.FIRST);
      job.scratch = Postgres.scratch18();
      assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
    job.withoutScratch(); // no pg_dump 18 is needed
    job.proof = new ProofRules(List.of(), null, List.of(), known());
    job.file("V2__x.sql", "CREATE INDEX CONCURRENTLY j ON t (b);\n");
    try (var other = NonTransactionalFixture.withSnapshot(database)) {
      NonTransactionalFixture.killedIn("CREATE INDEX CONCURRENTLY", job, database);
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

  private KnownSchema known() {
    return new KnownSchema("1", job.verify().report().schema(), null);
  }

  @Test
  void whatARebuildThatDiesLeavesIsDroppedToo() throws Exception {
    job.file(
        "V2__x.sql",
        "REINDEX INDEX CONCURRENTLY i;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS j ON t (b);\n");
    try (var other = NonTransactionalFixture.withSnapshot(database)) {
      NonTransactionalFixture.killedIn("REINDEX", job, database);
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
    try (var other = NonTransactionalFixture.withSnapshot(database)) {
      NonTransactionalFixture.killedIn("CREATE INDEX CONCURRENTLY", job, database);
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
    try (var other = NonTransactionalFixture.withSnapshot(database)) {
      NonTransactionalFixture.killedIn("CREATE INDEX CONCURRENTLY", job, database);
      other.rollback();
    }
    database.admin("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(database.query(INVALID)).containsExactly("i", "j");
  }
}
