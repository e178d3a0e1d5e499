package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.MariaDbServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After a run that nobody knows the end of, on a server that may have lost what was committed last:
 * the servers of these tests do not flush each commit.
 */
class ForgottenScriptTest {
  private static final String ROWS = "INSERT INTO t VALUES (2);\n";

  @TempDir Path root;

  @Test
  void aScriptOfRowsThatACrashKeepsWithoutTheirHistoryIsNotRunAgain() {
    var database = MariaDb.fresh();
    var job = at1(database, "CREATE TABLE t (a int) ENGINE=MyISAM;").file("V2__x.sql", ROWS);
    job.afterLost = true;
    var before = database.dump();

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message())
        .contains("does not record V2__x.sql", "innodb_flush_log_at_trx_commit", "retry");
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(database.dump()).isEqualTo(before);
    job.afterLost = false; // as after the annotation
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT a FROM t")).containsExactly("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE TABLE u SELECT 1 AS a;", "TRUNCATE t;", "CALL nobody_knows();"})
  void aScriptOfWhichMoreThanRowsIsNotKnownIsNotRunAgain(String sql) {
    var job = at1(MariaDb.fresh(), "CREATE TABLE t (a int);").file("V2__x.sql", sql);
    job.afterLost = true;

    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.HALF_APPLIED);
  }

  @Test
  void rowsInTheLogThatHasLostTheHistoryAreLostWithItAndSoTheScriptRuns() {
    var job = at1(MariaDb.fresh(), "CREATE TABLE t (a int);").file("V2__x.sql", ROWS);
    job.afterLost = true;

    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void theSchemaSpeaksForItself() {
    var job = at1(MariaDb.fresh(), "CREATE TABLE t (a int) ENGINE=MyISAM;").tables(2);
    job.afterLost = true;

    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aRunWhoseEndIsKnownIsFollowedByTheNext() {
    var job = at1(MariaDb.fresh(), "CREATE TABLE t (a int) ENGINE=MyISAM;").file("V2__x.sql", ROWS);

    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aServerThatFlushesEachCommitHasForgottenNothing() {
    var server = MariaDbServer.start("--innodb-flush-log-at-trx-commit=1");
    var job =
        at1(MariaDb.fresh(server), "CREATE TABLE t (a int) ENGINE=MyISAM;").file("V2__x.sql", ROWS);
    job.afterLost = true;

    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  private Job at1(MariaDb.Database database, String sql) {
    var job = new Job(root, database).file("V1__t.sql", sql);
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    return job;
  }
}
