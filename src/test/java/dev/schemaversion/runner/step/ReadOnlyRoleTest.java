package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that are read-only by a setting of the database make a sync fail, and nothing else. */
class ReadOnlyRoleTest {
  @TempDir Path root;

  @Test
  void aSyncInReadOnlySessionsSaysWhatTheServerSays() {
    var database = Postgres.fresh();
    var job = new Job(root, database).tables(1);
    database.execute(
        "ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

    var report = job.sync("1").report();

    assertThat(report.outcome()).isNotIn(Outcome.HALF_APPLIED, Outcome.SUCCEEDED);
    assertThat(report.message()).contains("read-only transaction");
  }
}
