package dev.schemaversion.runner.flyway;

import static dev.schemaversion.runner.flyway.FinishingScripts.VIEW;
import static dev.schemaversion.runner.flyway.FinishingScripts.withCallbacks;
import static dev.schemaversion.runner.flyway.FinishingScripts.withRepeatable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.StringResource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that end before the repeatable migrations and callbacks are done, and the next attempt. */
class FailedFinishingScriptsTest {
  private static final String TABLE_2 = "CREATE TABLE t2 (id int)";

  @TempDir Path root;

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aFinishingScriptThatFailsInTheRehearsalHasNotTouchedTheDatabase(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withRepeatable(root, database);
    job.sync("1");
    var before = database.dump();

    var report = job.file("afterMigrate.sql", "nonsense;").sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("afterMigrate.sql line 1");
    assertThat(database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aFinishingScriptThatFailsOnRowsLeavesTheVersionAndRunsAgainLater(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withRepeatable(root, database);
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
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void whatALostRunnerDidNotRunAnyMoreRunsInTheNextAttempt(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withRepeatable(root, database);
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
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void whatACallbackDroppedBeforeTheRunnerDiedIsCreatedAgain(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withCallbacks(root, database);
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
  @MethodSource("dev.schemaversion.runner.flyway.FinishingScripts#engines")
  void aMigrationThatFailsAfterACallbackHasDroppedAViewWithdrawsTheProof(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job = withCallbacks(root, database);
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
}
