package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.testing.Postgres;

/** A sync that is refused, and writes nothing. */
public final class Refusal {
  private Refusal() {}

  /** Runs a sync that is refused with this outcome, and returns its message. */
  public static String of(Job job, Postgres.Database database, String version, Outcome outcome) {
    var before = database.dump();
    var ended = job.sync(version);
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(outcome);
    assertThat(ended.report().migrationsApplied()).isZero();
    assertThat(ended.written()).isEqualTo(ended.report());
    assertThat(database.dump()).isEqualTo(before);
    return ended.report().message();
  }
}
