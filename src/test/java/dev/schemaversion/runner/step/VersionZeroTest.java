package dev.schemaversion.runner.step;

import static dev.schemaversion.runner.step.OthersFixture.flyway;
import static dev.schemaversion.runner.step.OthersFixture.history;
import static dev.schemaversion.runner.step.OthersFixture.job;
import static dev.schemaversion.runner.step.OthersFixture.proofs;
import static dev.schemaversion.runner.step.OthersFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.runner.Job;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The claim that nothing of these migrations has run, and that what is there belongs to others. */
class VersionZeroTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, 0", "POSTGRESQL, 00", "POSTGRESQL, 0.0", "MARIADB, 0", "MARIADB, 0_0"})
  void isStampedAsFlywayStampsItWhereOnlyIgnoredObjectsAre(OthersFixture engine, String claim) {
    var plain = engine.withTheirs();
    flyway(plain).baselineVersion(claim).load().baseline();
    var database = engine.withTheirs();
    var job = job(root, database, engine.pattern("theirs_"));

    var report = job.baseline(claim).baseline().report();

    assertThat(report.baseline())
        .as(report.message())
        .isEqualTo(new Report.Baseline(BaselineSource.PROVEN, claim));
    assertThat(report.version()).isEqualTo(claim);
    assertThat(report.proof().ignored()).containsKey(engine.pattern("theirs_"));
    assertThat(rows(database)).isEqualTo(rows(plain));
  }

  @ParameterizedTest
  @EnumSource
  void allMigrationsRunAfterItAndTheDatabaseIsVerifiedAndProvenAtEachVersion(OthersFixture engine) {
    var database = engine.withTheirs();
    var job = job(root, database, engine.pattern("theirs_")).baseline("0.0");
    job.baseline();

    assertProven(job, "0");
    var report = job.sync("1").report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isOne();
    assertProven(job, "1");
    assertThat(job.sync("2").report().version()).isEqualTo("2");
    assertThat(history(database)).hasSize(3).endsWith("SQL 1", "SQL 2");
  }

  private static void assertProven(Job job, String version) {
    var known = job.proof.known().schema();
    assertThat(job.verify().report().schema()).isEqualTo(known);
    var proof = job.prove().report();
    assertThat(proof.outcome()).as(proof.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(proof.proof().version()).isIn(version, version + ".0");
  }

  @ParameterizedTest
  @EnumSource
  void isRefutedByEachObjectThatNothingIgnoresAndAcceptedByTheDigest(OthersFixture engine) {
    var database = engine.withTheirs();
    var job = job(root, database).baseline("0");
    var before = database.dump();

    var refuted = job.baseline().report();

    assertThat(refuted.outcome()).isEqualTo(Outcome.CLAIM_REFUTED);
    assertThat(String.join("\n", refuted.proof().first()))
        .contains("+ table " + engine.within + "theirs_jobs")
        .contains("+ function " + engine.within + "theirs_now");
    assertThat(refuted.message()).contains("spec.baseline.version is 0", "spec.proof.ignore");
    assertThat(database.dump()).isEqualTo(before);

    var accepted = proofs(job, List.of(), refuted.proof().digest()).baseline().report();

    assertThat(accepted.baseline())
        .as(accepted.message())
        .isEqualTo(new Report.Baseline(BaselineSource.ACCEPTED, "0"));
    var synced = job.sync("2").report();
    assertThat(synced.outcome()).as(synced.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(history(database)).containsExactly("BASELINE 0", "SQL 1", "SQL 2");
  }

  @ParameterizedTest
  @EnumSource
  void isRefutedByATableOfTheseMigrations(OthersFixture engine) {
    var database = engine.withTheirs().execute("CREATE TABLE t1 (id int)");
    var job = job(root, database, engine.pattern("theirs_")).baseline("0");

    var report = job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.CLAIM_REFUTED);
    assertThat(report.proof().equalVersions()).containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource
  void ofAHistoryThatPlainFlywayStampedIsProvenAndDriftsLikeAnyOther(OthersFixture engine) {
    var database = engine.withTheirs();
    flyway(database).baselineVersion("0").load().baseline();
    var job = job(root, database, engine.pattern("theirs_"));

    assertThat(job.baseline().report().baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "0"));
    assertThat(job.plan().report().plan().from()).isEqualTo("0");

    database.execute("CREATE TABLE by_hand (id int)");
    var drifted = job.prove().report();
    assertThat(drifted.outcome()).as(drifted.message()).isEqualTo(Outcome.DRIFTED);
    assertThat(drifted.proof().first().getFirst()).contains("by_hand");
    assertThat(job.sync().report().outcome()).isEqualTo(Outcome.DRIFTED);
  }

  @ParameterizedTest
  @EnumSource
  void isNotStampedInAnEmptyDatabase(OthersFixture engine) {
    var database = engine.fresh();
    var before = database.dump();

    assertThat(job(root, database).baseline("0").baseline().report().baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));
    assertThat(database.dump()).isEqualTo(before);
  }

  /** Flyway takes a baseline of 0 for the version that ran, and skips the migration. */
  @ParameterizedTest
  @EnumSource
  void thatAMigrationHasIsAVersionLikeAnyOther(OthersFixture engine) {
    var database = engine.fresh().execute("CREATE TABLE t0 (id int)");
    var job = job(root, database).tables(0).baseline("0");

    var report = job.baseline().report();

    assertThat(report.baseline())
        .as(report.message())
        .isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "0"));
    assertThat(job.sync().report().migrationsApplied()).isEqualTo(2);

    var others = engine.withTheirs();
    var refuted = job(root.resolve("other"), others).tables(0).baseline("0").baseline().report();
    assertThat(refuted.proof().first()).anyMatch(line -> line.startsWith("- table"));
  }
}
