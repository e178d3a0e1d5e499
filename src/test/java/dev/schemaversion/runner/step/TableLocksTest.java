package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rehearsal says what the migrations do to the tables of the real database, and to which size.
 */
class TableLocksTest {
  private static final String REWRITE = "ALTER TABLE images ALTER size TYPE bigint;";

  @TempDir Path root;

  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job =
        new Job(root, database)
            .file(
                "V1__images.sql",
                """
                CREATE TABLE images (id int PRIMARY KEY, size int, name text);
                CREATE TABLE small (id int);
                """);
    job.sync("1");
    database.execute(
        "INSERT INTO images SELECT g, g, repeat('x', 400) FROM generate_series(1, 30000) g",
        "ANALYZE images");
  }

  @Test
  void aSyncTellsWhatProgramsWaitedFor() {
    var ended = job.file("V2__x.sql", REWRITE + "\nALTER TABLE small ADD name text;").sync("2");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    var locks = ended.report().locks();
    assertThat(locks.warnings()).hasSize(1);
    assertThat(locks.warnings().getFirst())
        .matches(
            "V2__x.sql rewrites public.images \\(1\\d(\\.\\d)? MiB, about 30000 rows\\) under ACCESS"
                + " EXCLUSIVE; reads and writes wait meanwhile");
    assertThat(locks.notes())
        .containsExactlyInAnyOrder(
            "V2__x.sql takes ACCESS EXCLUSIVE on public.small (0 bytes): a short lock, but it waits"
                + " for running queries, and later ones wait behind it");
    assertThat(ended.log())
        .contains("warning: V2__x.sql rewrites public.images", "Instead: add a new column");
  }

  @Test
  void smallTablesAndTablesOfTheSameRunAreNoWarnings() {
    var ended =
        job.file("V2__x.sql", "ALTER TABLE small ALTER id TYPE bigint;")
            .file("V3__y.sql", "CREATE TABLE fresh (id int);")
            .file("V4__z.sql", "ALTER TABLE fresh ALTER id TYPE bigint;")
            .sync("4");

    var locks = ended.report().locks();
    assertThat(locks.warnings()).isNull();
    assertThat(locks.notes()).hasSize(1);
    assertThat(locks.notes().getFirst()).startsWith("V2__x.sql rewrites public.small (0 bytes)");
  }

  @Test
  void aSyncThatRewritesATableBeyondTheLimitIsRefusedBeforeAnythingRuns() {
    job.file("V2__x.sql", "CREATE TABLE other ();").file("V3__y.sql", REWRITE);
    job.limits = new RunLimits(null, 5, null, 1L << 20);

    var refused = job.sync("3").report();
    var planned = job.plan().report();

    assertThat(refused.outcome()).as(refused.message()).isEqualTo(Outcome.REWRITE_TOO_LARGE);
    assertThat(refused.message())
        .contains(
            "V3__y.sql rewrites public.images (",
            "under ACCESS EXCLUSIVE",
            "spec.job.limits.rewrite allows 1 MiB",
            "fill it in batches",
            "not touched");
    assertThat(planned.outcome()).isEqualTo(Outcome.REWRITE_TOO_LARGE);
    assertThat(refused.version()).isEqualTo("1");
    assertThat(database.query("SELECT pg_typeof(size) FROM images LIMIT 1"))
        .containsExactly("integer");
    assertThat(database.query("SELECT to_regclass('other')")).containsExactly((String) null);
  }

  @Test
  void aScanThatLocksReadersOutCountsToo() {
    job.file("V2__x.sql", "ALTER TABLE images ALTER size SET NOT NULL;");
    job.limits = new RunLimits(null, 5, null, 1L << 20);

    var report = job.sync("2").report();

    assertThat(report.outcome()).isEqualTo(Outcome.REWRITE_TOO_LARGE);
    assertThat(report.message()).contains("scans public.images", "CHECK (column IS NOT NULL)");
  }

  @Test
  void belowTheLimitAndWithOtherWorkItRuns() {
    job.file("V2__x.sql", "ALTER TABLE small ALTER id TYPE bigint;")
        .file("V3__y.sql", "CREATE INDEX i ON images (size);")
        .file("V4__z.sql", "ALTER TABLE images ADD more int NOT NULL DEFAULT 0;");
    job.limits = new RunLimits(null, 5, null, 1L << 20);

    var report = job.sync("4").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.locks().warnings()).hasSize(1);
    assertThat(report.locks().warnings().getFirst())
        .startsWith("V3__y.sql builds an index on public.images (")
        .endsWith("under SHARE; writes wait meanwhile");
  }

  @Test
  void anApprovalIsNotVoidedByRowsThatCame() {
    job.file("V2__x.sql", REWRITE).version("2");
    var plan = job.plan().report();
    database.execute("INSERT INTO images SELECT g, g FROM generate_series(30001, 60000) g");

    job.approvedPlan = plan.plan().digest();
    var report = job.sync().report();

    assertThat(plan.locks().warnings()).hasSize(1);
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.locks()).isNotEqualTo(plan.locks());
  }

  @Test
  void aScriptOutsideOfATransactionIsObservedToo() {
    var ended =
        job.file("V2__x.sql", "CREATE INDEX CONCURRENTLY i ON images (size);\n" + REWRITE)
            .sync("2");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().locks().warnings()).hasSize(1);
    assertThat(ended.report().locks().warnings().getFirst()).contains("rewrites public.images");
  }
}
