package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.FlywayOptions.Checksums;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;

/** A database to which three files were migrated that can be changed afterwards. */
record ChangedFilesFixture(TestDatabase database, Job job) {
  /** The text of the second file when it ran. */
  static final String TABLE_2 = "CREATE TABLE t2 (id int);\n";

  /** Another text of the second file, which builds the same schema. */
  static final String LICENSED = "-- Licensed to nobody in particular.\n" + TABLE_2;

  static ChangedFilesFixture migrated(Path root, TestDatabase database) {
    var job =
        new Job(root, database)
            .tables(1)
            .file("V2__table_2.sql", TABLE_2)
            .file("V3__rows.sql", "INSERT INTO t1 VALUES (1);\n");
    var report = job.sync("3").report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    return new ChangedFilesFixture(database, job);
  }

  Job checksums(Checksums checksums) {
    return job.options(options -> options.checksums(checksums));
  }

  /** What the history says of each file. */
  List<String> history() {
    return database.query(
        "SELECT CONCAT(version, ' ', description, ' ', checksum) FROM flyway_schema_history"
            + " ORDER BY installed_rank");
  }

  /** Returns the report of a run that was refused and has changed nothing. */
  Report refused(Outcome outcome, Job.Ended ended, List<String> before) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(outcome);
    assertThat(ended.report().checksumsUpdated()).isNull();
    assertThat(ended.report().proof()).isNull();
    assertThat(database.dump()).isEqualTo(before);
    return ended.report();
  }

  /** Accepts the difference with this digest. */
  void accept(String digest) {
    job.proof = new ProofRules(List.of(), digest, List.of(), null);
  }
}
