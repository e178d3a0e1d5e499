package dev.schemaversion.runner.flyway;

import static dev.schemaversion.runner.flyway.FinishingScripts.VIEW;
import static dev.schemaversion.runner.flyway.FinishingScripts.withCallbacks;
import static dev.schemaversion.runner.flyway.FinishingScripts.withRepeatable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repeatable migrations and SQL callbacks, in sync, rehearsal, replay and proof. */
class FinishingScriptsTest {
  @TempDir Path root;

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aRepeatableMigrationRunsAfterTheVersionedOnesAndIsProven(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withRepeatable(root, database);

    var report = job.sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(2);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query("SELECT count(*) FROM big")).containsExactly("0");
    assertThat(job.verify().report().schema()).isEqualTo(report.schema());
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aRunInWhichOnlyARepeatableMigrationChangedRunsItAndTheVersionStays(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withRepeatable(root, database);
    job.sync("1");

    var report = job.file("R__big.sql", VIEW + " WHERE size > 200;").sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.version()).isEqualTo("1");
    assertThat(report.migrationsApplied()).isEqualTo(1);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void anUnchangedRepeatableMigrationDoesNotRunAgain(Supplier<TestDatabase> fresh) {
    var job = withRepeatable(root, fresh.get());
    job.sync("1");

    var report = job.sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aRepeatableMigrationThatDiffersAtEachRunIsRunAtEachSync(Supplier<TestDatabase> fresh) {
    var job =
        withRepeatable(root, fresh.get())
            .file("R__stamp.sql", VIEW.replace("big", "stamped") + "; -- ${flyway:timestamp} " + 1);
    job.sync("1");

    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aViewOverATableThatAMigrationAltersIsDroppedBeforeAndCreatedAfterwards(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withCallbacks(root, database);
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);

    var report =
        job.file(
                "V2__wider.sql",
                database instanceof MariaDb.Database
                    ? "ALTER TABLE images MODIFY size bigint;"
                    : "ALTER TABLE images ALTER size TYPE bigint;")
            .sync("2")
            .report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(1);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query("SELECT count(*) FROM big")).containsExactly("0");
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aClaimIsProvenWithoutWhatFinishingScriptsOwn(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    database.execute(
        "CREATE TABLE images (id int PRIMARY KEY, size int)",
        "CREATE VIEW big AS SELECT size FROM images");
    var job =
        withRepeatable(root, database)
            .file("V2__name.sql", "ALTER TABLE images ADD COLUMN name varchar(9);");

    var report = job.version("2").baseline("1").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().equalVersions()).containsExactly("1");
    assertThat(report.proof().leftOut()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aWrongClaimIsRefutedAllTheSame(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    database.execute("CREATE TABLE images (id int PRIMARY KEY, size int)", VIEW);
    var job =
        withRepeatable(root, database)
            .file("V2__name.sql", "ALTER TABLE images ADD COLUMN name varchar(9);");

    var report = job.version("2").baseline("2").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.CLAIM_REFUTED);
    assertThat(report.message()).contains("equals version 1");
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aViewOfAFinishingScriptThatWasChangedByHandIsDrift(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withRepeatable(root, database);
    job.sync("1");
    database.execute(VIEW);

    var report = job.sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.message()).contains("big");
  }
}
