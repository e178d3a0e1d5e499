package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A plan after an interrupted sync writes nothing, and reports what the next sync settles first.
 */
class InterruptedPlanTest {
  private static final String DELETES =
      "The sync first deletes the row of V2__x.sql from the history: it was interrupted, and the schema proves that nothing of it was done.";

  @TempDir Path root;
  @TempDir Path elsewhere;

  @ParameterizedTest
  @EnumSource
  void theSyncSettlesWhatThePlanReportsAndDoesExactlyThePlan(OnEngine engine) {
    var database = engine.fresh();
    var job = prepared(root, database, engine);
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    database.execute(
        "INSERT INTO flyway_schema_history VALUES (2, '2', 'x', 'SQL', 'V2__x.sql', %s, 'u', CURRENT_TIMESTAMP, 0, %s)"
            .formatted(checksum(engine), engine == OnEngine.POSTGRESQL ? "false" : "0"));
    var before = database.dump();

    var plan = job.version("2").plan();

    assertThat(plan.report().outcome()).as(plan.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.dump()).isEqualTo(before);
    assertThat(plan.report().message()).contains(DELETES);
    assertThat(plan.report().locks().notes()).startsWith(DELETES);
    assertThat(plan.report().plan().migrations()).containsExactly("V2__x.sql");
    approved(job, plan, database);
  }

  @Test
  void anInvalidIndexThatTheSyncDropsIsNamedAndLeft() throws Exception {
    var database = Postgres.fresh();
    var job = NonTransactionalFixture.migrated(root, database);
    job.file("V2__x.sql", "CREATE INDEX CONCURRENTLY j ON t (b);\n");
    try (var other = NonTransactionalFixture.withSnapshot(database)) {
      NonTransactionalFixture.killedIn("CREATE INDEX CONCURRENTLY", job, database);
      other.rollback();
    }
    var before = database.dump();

    var plan = job.plan();

    assertThat(plan.report().outcome()).as(plan.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.dump()).isEqualTo(before);
    assertThat(plan.report().locks().notes())
        .startsWith(
            "The sync first drops the index public.j, which V2__x.sql left invalid when it was interrupted.",
            DELETES);
    assertThat(plan.report().plan().appear()).isOne();
    approved(job, plan, database);
  }

  /** The plan's digest is that of the sync, which has settled what is left. */
  private static void approved(Job job, Job.Ended plan, TestDatabase database) {
    job.approvedPlan = plan.report().plan().digest();

    var sync = job.sync("2");

    assertThat(sync.report().outcome()).as(sync.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sync.log()).contains("its row was deleted from the history");
    assertThat(sync.report().migrationsApplied()).isOne();
    assertThat(database.query("SELECT count(*) FROM flyway_schema_history WHERE version = '2'"))
        .containsExactly("1");
  }

  private static Job prepared(Path folder, TestDatabase database, OnEngine engine) {
    return new Job(folder, database)
        .file("V1__t.sql", "CREATE TABLE t (a int, b int);\n")
        .file(
            "V2__x.sql",
            "CREATE INDEX %s j ON t (b);\n"
                .formatted(engine == OnEngine.POSTGRESQL ? "CONCURRENTLY" : ""));
  }

  /** As Flyway computes it. */
  private String checksum(OnEngine engine) {
    var database = engine.fresh();
    assertThat(prepared(elsewhere, database, engine).sync("2").report().outcome())
        .isEqualTo(Outcome.SUCCEEDED);
    return database
        .query("SELECT checksum FROM flyway_schema_history WHERE version = '2'")
        .getFirst();
  }
}
