package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.FlywayOptions.Checksums;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that have changed since they ran and whose checksums the history takes over. */
class ChecksumsTakenOverTest {
  @TempDir Path root;
  private TestDatabase database;
  private Job job;
  private ChangedFilesFixture files;

  private void prepare(OnEngine engine) {
    database = engine.fresh();
    files = ChangedFilesFixture.migrated(root, database);
    job = files.job();
  }

  @ParameterizedTest
  @EnumSource
  void aProvenFileIsTakenOverAndTheRunGoesOn(OnEngine engine) {
    prepare(engine);
    var before = files.history();

    var ended =
        files
            .checksums(Checksums.PROVEN)
            .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
            .tables(4)
            .sync("4");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().migrationsApplied()).isEqualTo(1);
    assertThat(ended.report().proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(ended.report().checksumsUpdated()).containsExactly("V2__table_2.sql");
    assertThat(ended.report().message())
        .contains("took over the checksums", "V2__table_2.sql", "Rows of data were not compared");
    assertThat(files.history()).hasSize(4).contains(before.get(0), before.get(2));
    assertThat(files.history()).doesNotContain(before.get(1));
    assertThat(ended.written()).isEqualTo(ended.report());
    assertThat(job.verify().report().schema()).isEqualTo(job.proof.known().schema());
    job.options(options -> options.checksums(null));
    var again = job.sync("4");
    assertThat(again.report().outcome()).as(again.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(again.report().checksumsUpdated()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aProvenFileIsTakenOverWhereNothingIsPending(OnEngine engine) {
    prepare(engine);
    var known = job.proof.known().schema();

    var ended =
        files
            .checksums(Checksums.PROVEN)
            .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
            .sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().checksumsUpdated()).containsExactly("V2__table_2.sql");
    assertThat(job.proof.known().schema().fingerprint()).isEqualTo(known.fingerprint());
    assertThat(job.proof.known().schema().history()).isNotEqualTo(known.history());
    assertThat(job.verify().report().schema()).isEqualTo(job.proof.known().schema());
  }

  @ParameterizedTest
  @EnumSource
  void aFormatterIsAChangeAndOtherLineEndsAreNone(OnEngine engine) {
    prepare(engine);
    job.file("V2__table_2.sql", ChangedFilesFixture.TABLE_2.replace("\n", "\r\n"));
    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);

    var ended =
        files
            .checksums(Checksums.PROVEN)
            .file("V2__table_2.sql", "create table t2\n(\n  id int\n);\n")
            .sync("3");

    assertThat(ended.report().checksumsUpdated()).as(ended.log()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aRenamedFileHasAnotherDescriptionWhichIsTakenOverToo(OnEngine engine) {
    prepare(engine);
    var before = database.dump();
    job.without("V2__table_2.sql")
        .file("V2__second_table.sql", ChangedFilesFixture.TABLE_2)
        .tables(4);

    var report = files.refused(Outcome.CHECKSUM_MISMATCH, job.sync("4"), before);
    var ended = files.checksums(Checksums.PROVEN).sync("4");

    assertThat(report.message()).contains("have changed since: V2__second_table.sql.");
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(files.history().get(1)).startsWith("2 second table ");
  }

  @ParameterizedTest
  @EnumSource
  void theBaselineTakesOverWhatItProves(OnEngine engine) {
    prepare(engine);
    job.proof = ProofRules.STRICT;

    var ended =
        files
            .checksums(Checksums.PROVEN)
            .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
            .baseline();

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().checksumsUpdated()).containsExactly("V2__table_2.sql");
    assertThat(job.verify().report().schema()).isEqualTo(job.proof.known().schema());
  }

  @ParameterizedTest
  @EnumSource
  void aPlanAndAProofLeaveTheHistoryAsItIs(OnEngine engine) {
    prepare(engine);
    var before = database.dump();
    files
        .checksums(Checksums.PROVEN)
        .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
        .tables(4)
        .version("4");

    var plan = job.plan();
    var proof = job.prove();

    assertThat(plan.report().outcome()).as(plan.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(plan.report().message())
        .contains("A sync takes over the checksums of changed files", "V2__table_2.sql");
    assertThat(plan.report().plan().migrations()).containsExactly("V4__table_4.sql");
    assertThat(proof.report().outcome()).as(proof.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void anAcceptedDifferenceStaysAcceptedWhereAFileIsTakenOver(OnEngine engine) {
    prepare(engine);
    database.execute("CREATE TABLE by_hand (id int)");
    job.proof = ProofRules.STRICT;
    files.accept(job.baseline().report().proof().digest());

    var ended =
        files
            .checksums(Checksums.PROVEN)
            .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
            .baseline();

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().proof().verdict()).isEqualTo(Verdict.Accepted);
    assertThat(ended.report().checksumsUpdated()).containsExactly("V2__table_2.sql");
    var sync = job.tables(4).sync("4");
    assertThat(sync.report().outcome()).as(sync.log()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsTakenOverIfTheRunEndsBeforeItMigrates(OnEngine engine) {
    prepare(engine);
    files
        .checksums(Checksums.PROVEN)
        .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
        .tables(4)
        .version("4");
    var before = database.dump();

    job.approvedPlan = "sha256:of-another-plan";
    var unapproved = job.sync();
    job.approvedPlan = null;
    var unrehearsed = job.file("V4__table_4.sql", "nonsense;\n").sync();

    assertThat(unapproved.report().outcome()).isEqualTo(Outcome.PLAN_CHANGED);
    assertThat(unrehearsed.report().outcome()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(unapproved.report().checksumsUpdated()).isNull();
    assertThat(unrehearsed.report().checksumsUpdated()).isNull();
    assertThat(database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasTakenOverStaysSoIfAMigrationFailsAfterIt(OnEngine engine) {
    prepare(engine);
    database.execute("INSERT INTO t2 VALUES (1)");
    job.withoutClone();
    files
        .checksums(Checksums.PROVEN)
        .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
        .file("V4__check.sql", "ALTER TABLE t2 ADD CONSTRAINT c CHECK (id <> 1);\n");

    var failed = job.sync("4").report();

    assertThat(failed.outcome()).as(failed.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(failed.version()).isEqualTo("3");
    assertThat(failed.checksumsUpdated()).containsExactly("V2__table_2.sql");
    assertThat(job.verify().report().schema()).isEqualTo(failed.schema());
    job.options(options -> options.checksums(null));
    var next = job.without("V4__check.sql").tables(4).sync("4");
    assertThat(next.report().outcome()).as(next.log()).isEqualTo(Outcome.SUCCEEDED);
  }
}
