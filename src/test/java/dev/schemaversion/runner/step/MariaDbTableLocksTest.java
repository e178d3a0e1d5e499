package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link TableLocksTest}, where the server chooses an algorithm for each statement. */
class MariaDbTableLocksTest {
  @TempDir Path root;

  @Test
  void aSyncThatRewritesATableBeyondTheLimitIsRefusedAndAnInstantChangeRuns() {
    MariaDb.onlyMariaDb("MySQL chooses otherwise");
    var database = MariaDb.fresh();
    var job =
        new Job(root, database)
            .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, name varchar(500));");
    job.sync("1");
    database.execute(
        "INSERT INTO images SELECT seq, REPEAT('x', 400) FROM seq_1_to_10000",
        "ANALYZE TABLE images");
    job.limits = new RunLimits(null, 5, null, 1L << 20);

    var instant = job.file("V2__x.sql", "ALTER TABLE images ADD more int;").sync("2").report();
    var rewrite = job.file("V3__y.sql", "ALTER TABLE images FORCE;").sync("3").report();

    assertThat(instant.outcome()).as(instant.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(instant.locks().warnings()).isNull();
    assertThat(instant.locks().notes().getFirst())
        .matches(
            "V2__x.sql changes only metadata of "
                + database.name()
                + ".images \\([\\d.]+ MiB, about \\d+ rows\\) \\(ALGORITHM=INSTANT\\):.*");
    assertThat(rewrite.outcome()).as(rewrite.message()).isEqualTo(Outcome.REWRITE_TOO_LARGE);
    assertThat(rewrite.message())
        .contains("V3__y.sql rewrites", "with ALGORITHM=INPLACE, LOCK=NONE", "not touched");
    assertThat(rewrite.version()).isEqualTo("2");
  }
}
