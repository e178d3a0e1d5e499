package dev.schemaversion.runner.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;

/** How a sync must end. */
final class ExpectedEnd {
  private ExpectedEnd() {}

  /** Runs a sync that must end so, and returns its message. Its log shows no password. */
  static String message(Job job, Outcome outcome) {
    var run = job.sync();
    assertThat(run.report().outcome()).as(run.log()).isEqualTo(outcome);
    assertThat(run.log()).doesNotContain(Postgres.PASSWORD, MariaDb.PASSWORD, "jdbc:");
    assertThat(run.written()).isEqualTo(run.report());
    return run.report().message();
  }
}
