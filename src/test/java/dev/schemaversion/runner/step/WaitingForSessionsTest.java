package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Progress;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a migration waits for a lock, the progress says which script waits, and for whom. */
class WaitingForSessionsTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path root;

  @Test
  void onPostgreSqlItNamesTheSessionThatHoldsTheLock() throws Exception {
    var waiting =
        progressWhileLocked(Postgres.fresh(), "BEGIN; LOCK TABLE t1 IN ROW EXCLUSIVE MODE");

    assertThat(waiting.waitingFor()).containsPattern("^other sessions: process [0-9]+, .*user ");
  }

  @Test
  void onMariaDbItSaysWhatTheServerSays() throws Exception {
    var waiting = progressWhileLocked(MariaDb.fresh(), "LOCK TABLES t1 READ");

    assertThat(waiting.waitingFor())
        .containsPattern("^other sessions: the server says \"Waiting for .* lock\"$");
  }

  private Progress progressWhileLocked(TestDatabase database, String lock) throws Exception {
    var job = new Job(root, database).tables(1, 2);
    job.limits = new RunLimits(null, 120, null);
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    job.file("V3__first.sql", "CREATE TABLE t3 (id int)");
    job.file("V4__waits.sql", "ALTER TABLE t1 ADD COLUMN n int");
    Progress waiting;
    CompletableFuture<Job.Ended> sync;
    try (var other = database.connect();
        var statement = other.createStatement()) {
      statement.execute(lock);
      var run = CompletableFuture.supplyAsync(() -> job.sync("4"));
      sync = run;
      waiting =
          await()
              .atMost(LONG)
              .until(
                  () -> job.activity.after(-1, LONG),
                  it -> it.waitingFor() != null || run.isDone());
    }
    var ended = sync.join();

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(waiting.job()).isEqualTo(job.name);
    assertThat(waiting.activity()).isEqualTo("running V4__waits.sql");
    assertThat(waiting.script()).isEqualTo(2);
    assertThat(waiting.scripts()).isEqualTo(2);
    assertThat(waitsAtTheEnd(job)).isNull();
    return waiting;
  }

  private static String waitsAtTheEnd(Job job) throws InterruptedException {
    return job.activity.after(-1, LONG).waitingFor();
  }
}
