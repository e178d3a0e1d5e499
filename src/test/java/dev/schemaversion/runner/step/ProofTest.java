package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version is a claim until the schema that the migrations build equals the schema found. */
class ProofTest {
  @TempDir Path root;

  private Postgres.Database database;
  private Job job;

  /** 1 makes a table, 2 changes rows only, 3 and 4 make indexes. */
  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job =
        new Job(root, database)
            .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, owner text);")
            .file("V2__rows.sql", "UPDATE images SET owner = 'nobody' WHERE owner IS NULL;")
            .file("V3__owner.sql", "CREATE INDEX ix_images_owner ON images (owner);")
            .file("V4__id.sql", "CREATE INDEX ix_images_id ON images (id DESC);")
            .version("4");
  }

  private void atTwo() {
    database.execute("CREATE TABLE images (id int PRIMARY KEY, owner text)");
  }

  @Test
  void aTrueClaimIsStampedAndItsClassIsNamed() {
    atTwo();

    var report = job.baseline("2").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.baseline().source()).isEqualTo(BaselineSource.PROVEN);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(report.proof().equalVersions()).containsExactly("1", "2");
  }

  @Test
  void aFalseClaimIsRefutedWithWhatDiffersAndWhatItEquals() {
    atTwo();
    var before = database.dump();

    var report = job.baseline("4").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.CLAIM_REFUTED);
    assertThat(report.message())
        .contains("spec.baseline.version is 4")
        .contains("2 objects differ")
        .contains("equals version 1, 2")
        .contains("acceptDifference to " + report.proof().digest());
    assertThat(report.proof().first())
        .anySatisfy(line -> assertThat(line).startsWith("- index public.images.ix_images_owner"));
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void whereNoVersionIsEqualTheNearestIsNamed() {
    atTwo();
    database.execute("CREATE INDEX ix_images_owner ON images (owner)", "CREATE TABLE mine ()");

    var report = job.baseline("4").baseline().report();

    assertThat(report.proof().equalVersions()).isNull();
    assertThat(report.proof().nearest()).isEqualTo("3");
    assertThat(report.proof().nearestDifferences()).isEqualTo(1);
    assertThat(report.message()).contains("the nearest is version 3, from which 1 object differs");
  }

  @Test
  void withoutAClaimTheVersionsItCouldBeAreNamed() {
    atTwo();

    var report = job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.BASELINE_REQUIRED);
    assertThat(report.message()).contains("Its schema equals version 1, 2.");
    assertThat(report.proof().equalVersions()).containsExactly("1", "2");
    assertThat(report.proof().version()).isNull();
  }

  @Test
  void aHistoryIsAClaimToo() {
    job.sync("4");
    database.execute("DROP INDEX ix_images_owner");
    job.proof = ProofRules.STRICT;
    var before = database.dump();

    var baseline = job.baseline().report();
    var sync = job.sync().report();

    assertThat(baseline.outcome()).isEqualTo(Outcome.HISTORY_CONTRADICTED);
    assertThat(baseline.message())
        .contains("The history table records version 4", "1 object differs");
    assertThat(sync.outcome()).isEqualTo(Outcome.HISTORY_CONTRADICTED);
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void anAcceptedDifferenceIsLivedWithAlsoByLaterSyncs() {
    database.execute("CREATE TABLE images (id int PRIMARY KEY, owner varchar(80))");
    var digest = job.baseline("2").baseline().report().proof().digest();

    accept(digest);
    var baseline = job.baseline().report();
    var sync = job.sync().report();
    var again = job.sync().report();

    assertThat(baseline.baseline().source()).isEqualTo(BaselineSource.ACCEPTED);
    assertThat(sync.outcome()).as(sync.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sync.proof().verdict()).isEqualTo(Verdict.Accepted);
    assertThat(sync.proof().version()).isEqualTo("4");
    assertThat(again.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void oneMoreDifferenceVoidsAnAcceptance() {
    database.execute("CREATE TABLE images (id int PRIMARY KEY, owner varchar(80))");
    accept(job.baseline("2").baseline().report().proof().digest());
    job.baseline();
    database.execute("CREATE TABLE one_more ()");

    var report = job.sync().report();

    assertThat(report.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.message()).contains("one_more");
    assertThat(report.version()).isEqualTo("2");
  }

  @Test
  void anAcceptanceOfAnotherDifferenceAcceptsNothing() {
    database.execute("CREATE TABLE images (id int PRIMARY KEY, owner varchar(80))");
    accept("sha256:" + "0".repeat(64));

    assertThat(job.baseline("2").baseline().report().outcome()).isEqualTo(Outcome.CLAIM_REFUTED);
  }

  @Test
  void anAcceptanceThatIsTakenBackHoldsNoLonger() {
    database.execute("CREATE TABLE images (id int PRIMARY KEY, owner varchar(80))");
    accept(job.baseline("2").baseline().report().proof().digest());
    job.baseline();

    job.proof = new ProofRules(List.of(), null, job.proof.accepted(), job.proof.known());

    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.DRIFTED);
  }

  @Test
  void whatIsIgnoredDoesNotCountAndIsCounted() {
    atTwo();
    database.execute("CREATE TABLE tmp_a ()", "CREATE TABLE tmp_b ()");
    job.proof = new ProofRules(List.of("* public.tmp_*"), null, List.of(), null);

    var report = job.baseline("2").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().ignored()).containsEntry("* public.tmp_*", 2);
  }

  @Test
  void anOutOfOrderHistoryIsBuiltInTheOrderOfVersions() {
    var late = job.without("V3__owner.sql");
    late.sync("4");
    late.flyway.outOfOrder = true;
    late.file("V3__owner.sql", "CREATE INDEX ix_images_owner ON images (owner);").sync("4");
    late.proof = ProofRules.STRICT;

    var report = late.prove().report();

    assertThat(database.query("SELECT version FROM flyway_schema_history ORDER BY installed_rank"))
        .containsExactly("1", "2", "4", "3");
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().equalVersions()).containsExactly("4");
  }

  @Test
  void aSecondFlywaySetInTheSameSchemaCountsExceptForItsHistory() {
    job.sync("4");
    database.execute("CREATE TABLE mine ()");
    database.execute("CREATE TABLE other_history (LIKE flyway_schema_history INCLUDING ALL)");

    var report = job.prove().report();

    assertThat(report.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.proof().first()).singleElement().asString().contains("table public.mine");
  }

  @Test
  void aReplayThatFailsIsUnprovableAndNotRefuted() {
    job.file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, owner text);\nnonsense;");
    atTwo();

    var report = job.baseline("2").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.REPLAY_FAILED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Unprovable);
    assertThat(report.proof().reason()).isEqualTo("ReplayFailed");
    assertThat(report.message()).contains("V1__images.sql line 2", "acceptDifference");
    assertThat(report.failure().sqlState()).isEqualTo("42601");
  }

  @Test
  void whatIsUnprovableCanBeAcceptedToo() {
    job.file("V1__images.sql", "nonsense;");
    atTwo();
    accept(job.baseline("2").baseline().report().proof().digest());

    var report = job.baseline("2").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.baseline().source()).isEqualTo(BaselineSource.ACCEPTED);
  }

  @Test
  void aScratchServerThatIsNotThereSaysNothingAboutTheDatabase() {
    atTwo();
    job.scratch = new RequestedScratch("localhost", database.port());

    var report = job.baseline("2").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.SCRATCH_UNAVAILABLE);
    assertThat(report.proof()).isNull();
  }

  private void accept(String digest) {
    job.proof = new ProofRules(List.of(), digest, List.of(), null);
  }
}
