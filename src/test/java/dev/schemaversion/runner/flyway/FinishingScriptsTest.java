package dev.schemaversion.runner.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.StringResource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Repeatable migrations and SQL callbacks, in sync, rehearsal, replay and proof. */
class FinishingScriptsTest {
  private static final String VIEW = "CREATE OR REPLACE VIEW big AS SELECT id FROM images";

  private static final String TABLE_2 = "CREATE TABLE t2 (id int)";

  @TempDir Path root;

  static Stream<Arguments> engines() {
    return Stream.of(
        Arguments.argumentSet("PostgreSQL", (Supplier<TestDatabase>) Postgres::fresh),
        Arguments.argumentSet("MariaDB", (Supplier<TestDatabase>) MariaDb::fresh));
  }

  private Job job(TestDatabase database) {
    return new Job(root, database)
        .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, size int);")
        .file("R__big.sql", VIEW + " WHERE size > 100;");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRepeatableMigrationRunsAfterTheVersionedOnesAndIsProven(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = job(database);

    var report = job.sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(2);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query("SELECT count(*) FROM big")).containsExactly("0");
    assertThat(job.verify().report().schema()).isEqualTo(report.schema());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRunInWhichOnlyARepeatableMigrationChangedRunsItAndTheVersionStays(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = job(database);
    job.sync("1");

    var report = job.file("R__big.sql", VIEW + " WHERE size > 200;").sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.version()).isEqualTo("1");
    assertThat(report.migrationsApplied()).isEqualTo(1);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anUnchangedRepeatableMigrationDoesNotRunAgain(Supplier<TestDatabase> fresh) {
    var job = job(fresh.get());
    job.sync("1");

    var report = job.sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isZero();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRepeatableMigrationThatDiffersAtEachRunIsRunAtEachSync(Supplier<TestDatabase> fresh) {
    var job =
        job(fresh.get())
            .file("R__stamp.sql", VIEW.replace("big", "stamped") + "; -- ${flyway:timestamp} " + 1);
    job.sync("1");

    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aViewOverATableThatAMigrationAltersIsDroppedBeforeAndCreatedAfterwards(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job =
        new Job(root, database)
            .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, size int);")
            .file("beforeMigrate.sql", "DROP VIEW IF EXISTS big;")
            .file("afterMigrate.sql", "CREATE VIEW big AS SELECT size FROM images;");
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
  @MethodSource("engines")
  void aClaimIsProvenWithoutWhatFinishingScriptsOwn(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    database.execute(
        "CREATE TABLE images (id int PRIMARY KEY, size int)",
        "CREATE VIEW big AS SELECT size FROM images");
    var job = job(database).file("V2__name.sql", "ALTER TABLE images ADD COLUMN name varchar(9);");

    var report = job.version("2").baseline("1").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().equalVersions()).containsExactly("1");
    assertThat(report.proof().leftOut()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aWrongClaimIsRefutedAllTheSame(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    database.execute("CREATE TABLE images (id int PRIMARY KEY, size int)", VIEW);
    var job = job(database).file("V2__name.sql", "ALTER TABLE images ADD COLUMN name varchar(9);");

    var report = job.version("2").baseline("2").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.CLAIM_REFUTED);
    assertThat(report.message()).contains("equals version 1");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aViewOfAFinishingScriptThatWasChangedByHandIsDrift(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = job(database);
    job.sync("1");
    database.execute(VIEW);

    var report = job.sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.message()).contains("big");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aFinishingScriptThatFailsInTheRehearsalHasNotTouchedTheDatabase(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = job(database);
    job.sync("1");
    var before = database.dump();

    var report = job.file("afterMigrate.sql", "nonsense;").sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("afterMigrate.sql line 1");
    assertThat(database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aFinishingScriptThatFailsOnRowsLeavesTheVersionAndRunsAgainLater(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = job(database);
    job.sync("1");
    database.execute("INSERT INTO images VALUES (1, 1)");
    job.file("V2__x.sql", "CREATE TABLE t2 (id int);")
        .file("R__big.sql", "INSERT INTO images VALUES (1, 1);\n" + VIEW + ";");

    var failed = job.sync("2").report();
    var again =
        job.file("R__big.sql", "INSERT INTO images VALUES (2, 1);\n" + VIEW + ";").sync("2");

    assertThat(failed.outcome()).as(failed.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(failed.message()).contains("R__big.sql line 1");
    assertThat(failed.version()).isEqualTo("2");
    assertThat(again.report().outcome()).as(again.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT count(*) FROM images")).containsExactly("2");
  }

  /** A runner that died after the versioned migrations, before the repeatable ones. */
  @ParameterizedTest
  @MethodSource("engines")
  void whatALostRunnerDidNotRunAnyMoreRunsInTheNextAttempt(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = job(database);
    job.sync("1");
    database.execute(
        TABLE_2,
        "INSERT INTO flyway_schema_history VALUES (3, '2', 'x', 'SQL', 'V2__x.sql', "
            + ChecksumCalculator.calculate(new StringResource(TABLE_2))
            + ", 'me', current_timestamp, 1, true)");

    job.file("V2__x.sql", TABLE_2);
    job.afterLost = true;
    var report = job.file("R__big.sql", VIEW + " WHERE size > 300;").sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(1);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
  }

  /** A runner that died after a callback had dropped what another one creates again. */
  @ParameterizedTest
  @MethodSource("engines")
  void whatACallbackDroppedBeforeTheRunnerDiedIsCreatedAgain(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withCallbacks(database);
    job.sync("1");
    database.execute("DROP VIEW big");

    var drifted = job.sync("1").report();
    job.afterLost = true;
    var report = job.file("V2__x.sql", "CREATE TABLE t2 (id int);").sync("2").report();

    assertThat(drifted.outcome()).as(drifted.message()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT count(*) FROM big")).containsExactly("0");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aMigrationThatFailsAfterACallbackHasDroppedAViewWithdrawsTheProof(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withCallbacks(database);
    job.sync("1");
    database.execute("INSERT INTO images VALUES (1, 1)");
    job.file("V2__x.sql", "INSERT INTO images SELECT id, size FROM images;");

    var failed = job.sync("2").report();

    assertThat(failed.outcome()).as(failed.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(failed.version()).isEqualTo("1");
    assertThat(failed.proof().verdict()).isEqualTo(Verdict.Unprovable);
    job.proof = ProofRules.STRICT; // as the operator does
    var report = job.file("V2__x.sql", "CREATE TABLE t2 (id int);").sync("2").report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  private Job withCallbacks(TestDatabase database) {
    return new Job(root, database)
        .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, size int);")
        .file("beforeMigrate.sql", "DROP VIEW IF EXISTS big;")
        .file("afterMigrate.sql", "CREATE VIEW big AS SELECT size FROM images;");
  }
}
