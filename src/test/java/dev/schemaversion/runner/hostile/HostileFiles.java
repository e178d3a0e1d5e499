package dev.schemaversion.runner.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;

/** A Job that is given files which are no migrations, or not only. */
final class HostileFiles {
  /** The SQL of a version 2 that is a migration. */
  static final String TABLE = "CREATE TABLE t2 (id int);\n";

  final Postgres.Database database = Postgres.fresh();
  final Job job;
  private final Path canary;

  HostileFiles(Path root) {
    job = new Job(root, database).tables(1);
    canary = root.resolve("canary");
  }

  /** For a shell, to leave a trace. */
  String script() {
    return "#!/bin/sh\ntouch " + canary;
  }

  /** Fails where the files are not refused before anything is done; what is said about them. */
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

  /** Fails where version 2, which makes a table, is not reached. */
  void assertSucceeded() {
    var ended = job.sync("2");
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT to_regclass('t2')")).containsExactly("t2");
  }

  /** Fails where anything ran that is not SQL. */
  void assertNothingRan() {
    assertThat(canary).doesNotExist();
    assertThat(Canary.sung()).isZero();
  }
}
