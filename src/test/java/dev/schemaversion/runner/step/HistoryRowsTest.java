package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories with rows that are not plain scripts, and with rows whose script is gone. */
class HistoryRowsTest {
  private static final String VERSIONS =
      "SELECT CONCAT(type, ' ', version) FROM flyway_schema_history ORDER BY installed_rank";

  @TempDir Path root;
  private TestDatabase database;
  private Job job;

  /** A database at 3. */
  private void prepare(OnEngine engine) {
    database = engine.fresh();
    job = new Job(root, database).tables(1, 2, 3);
    succeeds(job.sync("3"));
  }

  private static Report succeeds(Job.Ended ended) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    return ended.report();
  }

  private Report refused(Outcome outcome, Job.Ended ended, List<String> before) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(outcome);
    assertThat(database.dump()).isEqualTo(before);
    return ended.report();
  }

  private void row(int rank, String version, String type) {
    database.execute(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success) VALUES ("
            + "%d, '%s', 'x', '%s', 'script-%s', 1, 'x', 1, true)"
                .formatted(rank, version, type, version));
  }

  private void isOfType(String version, String type) {
    database.execute(
        "UPDATE flyway_schema_history SET type = '%s' WHERE version = '%s'"
            .formatted(type, version));
  }

  private void ignore(String... patterns) {
    job.options(options -> options.ignoreMigrationPatterns(List.of(patterns)));
  }

  private void accept(String digest) {
    job.proof = new ProofRules(List.of(), digest, job.proof.accepted(), job.proof.known());
  }

  @ParameterizedTest
  @EnumSource
  void aSquashedFolderIsRefusedUnlessMissingMigrationsAreIgnored(OnEngine engine) {
    prepare(engine);
    job.without("V1__table_1.sql").tables(4);
    var before = database.dump();

    var refused = refused(Outcome.MIGRATION_MISSING, job.sync("4"), before);
    ignore("*:missing");
    var unprovable = refused(Outcome.MIGRATION_MISSING, job.sync("4"), before);

    assertThat(refused.message()).contains("V1__table_1.sql", "Put them back");
    assertThat(unprovable.proof().verdict()).isEqualTo(Verdict.Unprovable);
    assertThat(unprovable.message())
        .contains("lists versions that no migration has: 1.")
        .contains("spec.baseline.acceptDifference to " + unprovable.proof().digest());
  }

  @ParameterizedTest
  @EnumSource
  void aSquashedFolderThatIsAcceptedGoesOnAndNeedsNoFurtherAcceptance(OnEngine engine) {
    prepare(engine);
    job.without("V1__table_1.sql").tables(4);
    ignore("versioned:missing");
    accept(job.sync("4").report().proof().digest());

    assertThat(succeeds(job.sync("4")).proof().verdict()).isEqualTo(Verdict.Accepted);
    assertThat(succeeds(job.tables(5).sync("5")).migrationsApplied()).isEqualTo(1);
    assertThat(database.query(VERSIONS))
        .containsExactly("SQL 1", "SQL 2", "SQL 3", "SQL 4", "SQL 5");
  }

  @ParameterizedTest
  @EnumSource
  void aLowerVersionThatNeverRanPassesWhereIgnoredOnesDoAndIsNotRun(OnEngine engine) {
    database = engine.fresh();
    job = new Job(root, database).tables(1, 3);
    succeeds(job.sync("3"));
    job.tables(2, 4);
    var before = database.dump();

    refused(Outcome.OUT_OF_ORDER, job.sync("4"), before);
    ignore("*:ignored");

    assertThat(succeeds(job.sync("4")).proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query(VERSIONS)).containsExactly("SQL 1", "SQL 3", "SQL 4");
  }

  static Stream<Arguments> typesThatAreNoSql() {
    return Arrays.stream(OnEngine.values())
        .flatMap(
            engine ->
                Stream.of("JDBC", "SPRING_JDBC", "SCRIPT", "CUSTOM")
                    .map(type -> Arguments.of(engine, type)));
  }

  @ParameterizedTest
  @MethodSource("typesThatAreNoSql")
  void whatWasNeverSqlCannotBeProvenButAccepted(OnEngine engine, String type) {
    prepare(engine);
    isOfType("2", type);
    job.without("V2__table_2.sql").tables(4);
    job.proof = ProofRules.STRICT;
    var before = database.dump();

    var baseline = refused(Outcome.MIGRATION_NOT_SQL, job.baseline(), before);
    var sync = refused(Outcome.MIGRATION_NOT_SQL, job.sync("4"), before);
    accept(baseline.proof().digest());

    assertThat(baseline.proof().verdict()).isEqualTo(Verdict.Unprovable);
    assertThat(baseline.message())
        .contains("not SQL scripts: V2__table_2.sql (" + type + ")")
        .contains("Run these migrations with the tool that ran them before")
        .doesNotContain("Put");
    assertThat(sync.proof().digest()).isEqualTo(baseline.proof().digest());
    assertThat(succeeds(job.baseline()).baseline().source())
        .isEqualTo(Report.BaselineSource.ACCEPTED);
    assertThat(succeeds(job.sync("4")).migrationsApplied()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aScriptOfAVersionThatRanAsSomethingElseDoesNotRun(OnEngine engine) {
    prepare(engine);
    isOfType("2", "JDBC");
    isOfType("3", "JDBC");
    job.flyway.outOfOrder = true;
    var before = database.dump();

    var report = refused(Outcome.MIGRATION_NOT_SQL, job.tables(4).sync("4"), before);

    assertThat(report.message())
        .contains("V2__table_2.sql, V3__table_3.sql", "so that nothing runs twice");
  }

  static Stream<Arguments> typesThatUndo() {
    return Arrays.stream(OnEngine.values())
        .flatMap(
            engine ->
                Stream.of("UNDO_SQL", "UNDO_JDBC", "UNDO_SCRIPT")
                    .map(type -> Arguments.of(engine, type)));
  }

  @ParameterizedTest
  @MethodSource("typesThatUndo")
  void aVersionThatWasUndoneIsPendingAgain(OnEngine engine, String type) {
    prepare(engine);
    row(4, "3", type);
    database.execute("DROP TABLE t3");
    job.proof = ProofRules.STRICT;

    assertThat(succeeds(job.baseline()).version()).isEqualTo("2");
    assertThat(succeeds(job.sync("3")).migrationsApplied()).isEqualTo(1);
    assertThat(succeeds(job.sync("3")).migrationsApplied()).isZero();
    assertThat(database.query(VERSIONS))
        .containsExactly("SQL 1", "SQL 2", "SQL 3", type + " 3", "SQL 3");
  }

  @ParameterizedTest
  @EnumSource
  void aDeletedVersionDoesNotCountAndIsPendingAgainWhenItsFileIsBack(OnEngine engine) {
    prepare(engine);
    row(4, "3", "DELETE");
    database.execute("DROP TABLE t3");
    job.proof = ProofRules.STRICT;

    assertThat(succeeds(job.without("V3__table_3.sql").sync("2")).version()).isEqualTo("2");
    assertThat(succeeds(job.tables(3).sync("3")).migrationsApplied()).isEqualTo(1);
    assertThat(database.query(VERSIONS))
        .containsExactly("SQL 1", "SQL 2", "SQL 3", "DELETE 3", "SQL 3");
  }

  @ParameterizedTest
  @EnumSource
  void aRowOfAnUnknownTypeIsRefusedAndReadByAVerification(OnEngine engine) {
    prepare(engine);
    row(4, "4", "FOREIGN");
    job.tables(5);
    var before = database.dump();

    var drifted = refused(Outcome.DRIFTED, job.prove(), before);
    job.proof = ProofRules.STRICT;
    var baseline = refused(Outcome.MIGRATION_NOT_SQL, job.baseline(), before);
    var sync = refused(Outcome.MIGRATION_NOT_SQL, job.sync("5"), before);

    assertThat(drifted.message()).contains("script-4 (FOREIGN)");
    assertThat(baseline.message()).contains("script-4 (FOREIGN)", "not known what they mean");
    assertThat(sync.message()).isEqualTo(baseline.message());
    succeeds(job.verify());
  }
}
