package dev.schemaversion.cli.kubectl.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The differences in a runner's log are those of its report, and all of them. */
class DifferenceLogTest {
  private static final String LOG =
      """
      0.100 s  connected to PostgreSQL 17.2
      0.200 s  objects that differ from version 9: 2
      0.200 s  - index a
      0.200 s  - index b
      0.300 s  objects that differ from version 13: 2
      0.300 s  - column a: text
              + column a: integer
      0.300 s  ! function f(), from line 2
              -   x
              +   y
      0.400 s  ends
      """;

  @Test
  void aDifferenceMayHaveSeveralLines() {
    assertThat(DifferenceLog.differences(LOG, "13", 2))
        .containsExactly(
            "- column a: text\n+ column a: integer", "! function f(), from line 2\n-   x\n+   y");
  }

  @Test
  void anotherComparisonOrATruncatedLogIsNotTaken() {
    assertThat(DifferenceLog.differences(LOG, "13", 3)).isEmpty();
    assertThat(DifferenceLog.differences(LOG, "10", 2)).isEmpty();
    assertThat(DifferenceLog.differences(LOG.replaceAll("(?s)0.300 s  !.*", ""), "13", 2))
        .isEmpty();
    assertThat(DifferenceLog.differences("", "13", 1)).isEmpty();
  }

  @Test
  void whatTheRunnerLogsIsReadBack(@TempDir Path folder) throws Exception {
    var database = Postgres.fresh();
    var job = new Job(folder, database).version("1");
    job.file("V1__tables.sql", "CREATE TABLE a (b text, c text);\n");
    job.sync("1");
    database.execute("ALTER TABLE a ALTER COLUMN b TYPE integer USING 1", "CREATE TABLE d ()");

    var drifted = job.prove();

    var proof = drifted.report().proof();
    assertThat(proof.differences()).isEqualTo(2);
    assertThat(DifferenceLog.differences(drifted.log(), "1", 2)).isEqualTo(proof.first());
  }
}
