package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.FlywayOptions.Checksums;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that have changed since they ran: the schema that they build now decides. */
class ChangedFilesTest {
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
  void aLicenceHeaderIsRefusedAndTheMessageSaysThatTheSchemaIsEqual(OnEngine engine) {
    prepare(engine);
    var before = database.dump();

    var report =
        files.refused(
            Outcome.CHECKSUM_MISMATCH,
            job.file("V2__table_2.sql", ChangedFilesFixture.LICENSED).tables(4).sync("4"),
            before);

    assertThat(report.message())
        .contains("have changed since: V2__table_2.sql. Nothing was done.")
        .contains("The schema they build now equals the one found")
        .contains("set spec.migrations.flyway.checksums: Proven")
        .contains("Rows of data are not compared");
  }

  @ParameterizedTest
  @EnumSource
  void anIgnoredChecksumStaysAsItIsAndTheRunGoesOn(OnEngine engine) {
    prepare(engine);
    var before = files.history();

    var ended =
        files
            .checksums(Checksums.IGNORE)
            .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
            .tables(4)
            .sync("4");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(files.history()).hasSize(4).containsAll(before);
  }

  @ParameterizedTest
  @EnumSource
  void aRealEditIsRefusedWithTheDifferenceAlsoWhereProvenFilesAreTakenOver(OnEngine engine) {
    prepare(engine);
    job.file("V2__table_2.sql", "CREATE TABLE t2 (id bigint);\n").tables(4);
    var before = database.dump();

    var enforced = files.refused(Outcome.CHECKSUM_MISMATCH, job.sync("4"), before);
    var proven =
        files.refused(
            Outcome.CHECKSUM_MISMATCH, files.checksums(Checksums.PROVEN).sync("4"), before);

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
        files.refused(
            Outcome.CHECKSUM_MISMATCH,
            job.file("V3__rows.sql", "INSERT INTO t1 VALUES (2);\n").sync("3"),
            before);

    assertThat(report.message())
        .contains("V3__rows.sql", "equals the one found")
        .contains("Rows of data are not compared: if a change concerns them, put back what ran");
  }

  @ParameterizedTest
  @EnumSource
  void filesThatBuildNothingAnyMoreAreRefusedWithWhatFails(OnEngine engine) {
    prepare(engine);
    var before = database.dump();
    files.checksums(Checksums.PROVEN).file("V2__table_2.sql", "nonsense;\n");

    var report = files.refused(Outcome.CHECKSUM_MISMATCH, job.sync("3"), before);

    assertThat(report.message()).contains("is not known", "V2__table_2.sql line 1");
  }

  @ParameterizedTest
  @EnumSource
  void withoutAScratchServerNothingIsTakenOver(OnEngine engine) {
    prepare(engine);
    var before = database.dump();
    files
        .checksums(Checksums.PROVEN)
        .file("V2__table_2.sql", ChangedFilesFixture.LICENSED)
        .withoutScratch();

    var report = files.refused(Outcome.CHECKSUM_MISMATCH, job.sync("3"), before);

    assertThat(report.message()).contains("this Job has no scratch server");
  }

  @ParameterizedTest
  @EnumSource
  void whereItIsAcceptedThatNothingCanBeBuiltNothingIsTakenOver(OnEngine engine) {
    prepare(engine);
    job.without("V1__table_1.sql")
        .options(options -> options.ignoreMigrationPatterns(List.of("*:missing")));
    job.proof = ProofRules.STRICT;
    files.accept(job.baseline().report().proof().digest());
    assertThat(job.baseline().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    files.checksums(Checksums.PROVEN).file("V2__table_2.sql", ChangedFilesFixture.LICENSED);
    var before = database.dump();

    var report = files.refused(Outcome.CHECKSUM_MISMATCH, job.sync("3"), before);

    assertThat(report.message())
        .contains("it is accepted that version 3 cannot be built (MigrationMissing)");
  }
}
