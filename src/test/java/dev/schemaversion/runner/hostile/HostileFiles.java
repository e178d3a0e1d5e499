package dev.schemaversion.runner.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;

/** A Job whose migrations folder contains hostile files. */
final class HostileFiles {
  /** The SQL of a valid migration to version 2. */
  static final String TABLE = "CREATE TABLE t2 (id int);\n";

  final Postgres.Database database = Postgres.fresh();
  final Job job;
  private final Path attackFile;

  HostileFiles(Path root) {
    job = new Job(root, database).tables(1);
    attackFile = root.resolve("created-by-attack");
  }

  /** A shell script that creates a file if it runs. */
  String script() {
    return "#!/bin/sh\ntouch " + attackFile;
  }

  /** Fails unless the files are rejected before the database is changed; returns the message. */
  String refused() {
    var report = job.sync("1").report();
    assertThat(report.outcome())
        .as(report.message())
        .isIn(Outcome.UNSUPPORTED_MIGRATION, Outcome.MIGRATIONS_TOO_LARGE);
    assertThat(report.message()).contains("Nothing was done");
    assertThat(database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .isEmpty();
    return report.message();
  }

  /** Fails unless version 2, which creates a table, is applied. */
  void assertSucceeded() {
    var ended = job.sync("2");
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT to_regclass('t2')")).containsExactly("t2");
  }

  /** Fails if anything but SQL ran. */
  void assertNothingRan() {
    assertThat(attackFile).doesNotExist();
    assertThat(InstantiationCounter.count()).isZero();
  }
}
