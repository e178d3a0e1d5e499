package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.FlywayOptions.Checksums;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that have changed since they ran: the schema that they build now decides. */
class ChangedFilesTest {
  private static final String TABLE_2 = "CREATE TABLE t2 (id int);\n";
  private static final String LICENSED = "-- Licensed to nobody in particular.\n" + TABLE_2;

  @TempDir Path root;
  private TestDatabase database;
  private Job job;

  private void prepare(OnEngine engine) {
    database = engine.fresh();
    job =
        new Job(root, database)
            .tables(1)
            .file("V2__table_2.sql", TABLE_2)
            .file("V3__rows.sql", "INSERT INTO t1 VALUES (1);\n");
    var report = job.sync("3").report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  private Job checksums(Checksums checksums) {
    return job.options(options -> options.checksums(checksums));
  }

  private List<String> history() {
    return database.query(
        "SELECT CONCAT(version, ' ', description, ' ', checksum) FROM flyway_schema_history"
            + " ORDER BY installed_rank");
  }

  private Report refused(Outcome outcome, Job.Ended ended, List<String> before) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(outcome);
    assertThat(ended.report().checksumsUpdated()).isNull();
    assertThat(ended.report().proof()).isNull();
    assertThat(database.dump()).isEqualTo(before);
    return ended.report();
  }

  @ParameterizedTest
  @EnumSource
  void aLicenceHeaderIsRefusedAndTheMessageSaysThatTheSchemaIsEqual(OnEngine engine) {
    prepare(engine);
    var before = database.dump();

    var report =
        refused(
            Outcome.CHECKSUM_MISMATCH,
            job.file("V2__table_2.sql", LICENSED).tables(4).sync("4"),
            before);

    assertThat(report.message())
        .contains("have changed since: V2__table_2.sql. Nothing was done.")
        .contains("The schema they build now equals the one found")
        .contains("set spec.migrations.flyway.checksums: Proven")
        .contains("Rows of data are not compared");
  }

  @ParameterizedTest
  @EnumSource
  void aProvenFileIsTakenOverAndTheRunGoesOn(OnEngine engine) {
    prepare(engine);
    var before = history();

    var ended = checksums(Checksums.PROVEN).file("V2__table_2.sql", LICENSED).tables(4).sync("4");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().migrationsApplied()).isEqualTo(1);
    assertThat(ended.report().proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(ended.report().checksumsUpdated()).containsExactly("V2__table_2.sql");
    assertThat(ended.report().message())
        .contains("took over the checksums", "V2__table_2.sql", "Rows of data were not compared");
    assertThat(history()).hasSize(4).contains(before.get(0), before.get(2));
    assertThat(history()).doesNotContain(before.get(1));
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

    var ended = checksums(Checksums.PROVEN).file("V2__table_2.sql", LICENSED).sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().checksumsUpdated()).containsExactly("V2__table_2.sql");
    assertThat(job.proof.known().schema().fingerprint()).isEqualTo(known.fingerprint());
    assertThat(job.proof.known().schema().history()).isNotEqualTo(known.history());
    assertThat(job.verify().report().schema()).isEqualTo(job.proof.known().schema());
  }

  @ParameterizedTest
  @EnumSource
  void anIgnoredChecksumStaysAsItIsAndTheRunGoesOn(OnEngine engine) {
    prepare(engine);
    var before = history();

    var ended = checksums(Checksums.IGNORE).file("V2__table_2.sql", LICENSED).tables(4).sync("4");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(history()).hasSize(4).containsAll(before);
  }

  @ParameterizedTest
  @EnumSource
  void aRealEditIsRefusedWithTheDifferenceAlsoWhereProvenFilesAreTakenOver(OnEngine engine) {
    prepare(engine);
    job.file("V2__table_2.sql", "CREATE TABLE t2 (id bigint);\n").tables(4);
    var before = database.dump();

    var enforced = refused(Outcome.CHECKSUM_MISMATCH, job.sync("4"), before);
    var proven = refused(Outcome.CHECKSUM_MISMATCH, checksums(Checksums.PROVEN).sync("4"), before);

    assertThat(enforced.message())
        .contains("V2__table_2.sql. Nothing was done. With the files as they are now, 1 object")
        .contains("t2.id", "bigint", "in a new migration")
        .doesNotContain("checksums: Proven");
    assertThat(proven.message()).contains("they are not taken over", "t2.id", "bigint");
  }

  @ParameterizedTest
  @EnumSource
  void anEditOfRowsCannotBeSeenAndTheMessageSaysThatRowsAreNotCompared(OnEngine engine) {
    prepare(engine);
    var before = database.dump();

    var report =
        refused(
            Outcome.CHECKSUM_MISMATCH,
            job.file("V3__rows.sql", "INSERT INTO t1 VALUES (2);\n").sync("3"),
            before);

    assertThat(report.message())
        .contains("V3__rows.sql", "equals the one found")
        .contains("Rows of data are not compared: if a change concerns them, put back what ran");
  }

  @ParameterizedTest
  @EnumSource
  void aFormatterIsAChangeAndOtherLineEndsAreNone(OnEngine engine) {
    prepare(engine);
    job.file("V2__table_2.sql", TABLE_2.replace("\n", "\r\n"));
    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);

    var ended =
        checksums(Checksums.PROVEN)
            .file("V2__table_2.sql", "create table t2\n(\n  id int\n);\n")
            .sync("3");

    assertThat(ended.report().checksumsUpdated()).as(ended.log()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aRenamedFileHasAnotherDescriptionWhichIsTakenOverToo(OnEngine engine) {
    prepare(engine);
    var before = database.dump();
    job.without("V2__table_2.sql").file("V2__second_table.sql", TABLE_2).tables(4);

    var report = refused(Outcome.CHECKSUM_MISMATCH, job.sync("4"), before);
    var ended = checksums(Checksums.PROVEN).sync("4");

    assertThat(report.message()).contains("have changed since: V2__second_table.sql.");
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(history().get(1)).startsWith("2 second table ");
  }

  @ParameterizedTest
  @EnumSource
  void filesThatBuildNothingAnyMoreAreRefusedWithWhatFails(OnEngine engine) {
    prepare(engine);
    var before = database.dump();
    checksums(Checksums.PROVEN).file("V2__table_2.sql", "nonsense;\n");

    var report = refused(Outcome.CHECKSUM_MISMATCH, job.sync("3"), before);

    assertThat(report.message()).contains("is not known", "V2__table_2.sql line 1");
  }

  @ParameterizedTest
  @EnumSource
  void withoutAScratchServerNothingIsTakenOver(OnEngine engine) {
    prepare(engine);
    var before = database.dump();
    checksums(Checksums.PROVEN).file("V2__table_2.sql", LICENSED).withoutScratch();

    var report = refused(Outcome.CHECKSUM_MISMATCH, job.sync("3"), before);

    assertThat(report.message()).contains("this Job has no scratch server");
  }

  @ParameterizedTest
  @EnumSource
  void theBaselineTakesOverWhatItProves(OnEngine engine) {
    prepare(engine);
    job.proof = RunRequest.Proofs.STRICT;

    var ended = checksums(Checksums.PROVEN).file("V2__table_2.sql", LICENSED).baseline();

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().checksumsUpdated()).containsExactly("V2__table_2.sql");
    assertThat(job.verify().report().schema()).isEqualTo(job.proof.known().schema());
  }

  @ParameterizedTest
  @EnumSource
  void aPlanAndAProofLeaveTheHistoryAsItIs(OnEngine engine) {
    prepare(engine);
    var before = database.dump();
    checksums(Checksums.PROVEN).file("V2__table_2.sql", LICENSED).tables(4).version("4");

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
    job.proof = RunRequest.Proofs.STRICT;
    accept(job.baseline().report().proof().digest());

    var ended = checksums(Checksums.PROVEN).file("V2__table_2.sql", LICENSED).baseline();

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
    checksums(Checksums.PROVEN).file("V2__table_2.sql", LICENSED).tables(4).version("4");
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
    checksums(Checksums.PROVEN)
        .file("V2__table_2.sql", LICENSED)
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

  @ParameterizedTest
  @EnumSource
  void whereItIsAcceptedThatNothingCanBeBuiltNothingIsTakenOver(OnEngine engine) {
    prepare(engine);
    job.without("V1__table_1.sql")
        .options(options -> options.ignoreMigrationPatterns(List.of("*:missing")));
    job.proof = RunRequest.Proofs.STRICT;
    accept(job.baseline().report().proof().digest());
    assertThat(job.baseline().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    checksums(Checksums.PROVEN).file("V2__table_2.sql", LICENSED);
    var before = database.dump();

    var report = refused(Outcome.CHECKSUM_MISMATCH, job.sync("3"), before);

    assertThat(report.message())
        .contains("it is accepted that version 3 cannot be built (MigrationMissing)");
  }

  private void accept(String digest) {
    job.proof = new RunRequest.Proofs(List.of(), digest, List.of(), null);
  }
}
