package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.RunnerReports.claimed;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.RunnerReports.foundHistory;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.baselined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.BaselineStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.SimulatedClusters;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator records of a database, and what voids it. */
class RecordedStateTest {
  static Stream<Arguments> startingPoints() {
    return Stream.of(
        Arguments.of(foundEmpty(), "Empty", null, "the database was empty"),
        Arguments.of(claimed("9"), "Proven", "9", "the database was at 9"),
        Arguments.of(foundHistory("11"), "Proven", "11", "the database was at 11"));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("startingPoints")
  void theBaselineIsRecorded(Report report, String source, String version, String message) {
    var cluster = applied().settle().ends(report).settle();
    var status = cluster.status();

    assertThat(status.baseline().source()).isEqualTo(source);
    assertThat(status.baseline().version()).isEqualTo(version);
    assertThat(status.version()).isEqualTo(version);
    assertThat(status.database().server()).isEqualTo(SimulatedClusters.DATABASE.server());
    assertThat(status.database().serverVersion()).isEqualTo("17.2");
    assertThat(cluster.condition(ConditionType.Baselined).getStatus()).isEqualTo("True");
    assertThat(cluster.condition(ConditionType.Baselined).getReason()).isEqualTo(source);
    assertThat(cluster.condition(ConditionType.Baselined).getMessage()).isEqualTo(message);
  }

  @Test
  void aSuccessfulSyncIsRecorded() {
    var status = atThirteen().status();

    assertThat(status.version()).isEqualTo("13");
    assertThat(status.synced().version()).isEqualTo("13");
    assertThat(status.synced().migrations()).isEqualTo(SimulatedClusters.MIGRATIONS);
    assertThat(status.history())
        .extracting(Operation::step, Operation::reason, Operation::migrations)
        .containsExactly(tuple("baseline", "Succeeded", 0), tuple("sync", "Succeeded", 13));
  }

  @Test
  void aRecordedJobThatIsNotAdoptedIsNotRecordedAgain() {
    var ended = baselined().starts().ends(synced("13", 13));
    // The operator was killed after it had written the status.
    var recorded = ended.recording(ended.next().status());

    assertThat(recorded.next().status()).isEqualTo(recorded.status());
    assertThat(DecisionText.of(recorded.next().actions())).contains("adopt sync 1");
  }

  @Test
  void decidingTwiceGivesTheSameDecision() {
    var cluster = baselined().starts().ends(failed(Step.SYNC, Outcome.DEADLOCK));

    assertThat(cluster.next()).isEqualTo(cluster.next());
  }

  @Test
  void provenMigrationsOfAFailedSyncCount() {
    var cluster = baselined().ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11)).settle();

    assertThat(cluster.status().version()).isEqualTo("11");
    assertThat(cluster.status().synced()).isNull();
    assertThat(cluster.condition(ConditionType.Synced).getReason()).isEqualTo("MigrationFailed");
  }

  @Test
  void revertingTheSpecAfterAFailedStepIsNotReady() {
    // 14 was committed, 15 failed, and the user goes back to 13.
    var higher = atThirteen().patch("spec: {version: '15'}").settle();
    var failed = higher.ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "14", 1)).settle();
    var back = failed.patch("spec: {version: '13'}").settle();

    assertThat(back.status().version()).isEqualTo("14");
    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.condition(ConditionType.Stalled).getReason()).isEqualTo("DowngradeRefused");
  }

  @Test
  void afterARunWithoutAReportAnotherSyncStarts() {
    // It may have committed 14 before it died.
    var lost = atThirteen().patch("spec: {version: '15'}").settle().starts().dies("Evicted", null);
    var back = lost.settle().patch("spec: {version: '13'}").settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void whileASyncRunsTheResourceIsNotReady() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle().starts();
    var back = higher.patch("spec: {version: '13'}").settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.condition(ConditionType.Ready).getReason()).isEqualTo("SyncRunning");
  }

  @Test
  void aFailureWithoutChangesVoidsNothing() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var failed = higher.ends(failed(Step.SYNC, Outcome.VERSION_MISSING, "13", 0)).settle();
    var back = failed.patch("spec: {version: '13'}").settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }

  @Test
  void aBaselineSourceOfANewerReleaseIsKept() {
    var status = atThirteen().status();
    var proven = status.withBaseline(new BaselineStatus("Vouched", "9", status.baseline().at()));

    var rolledBack = atThirteen().recording(proven).settle();

    assertThat(rolledBack.condition(ConditionType.Baselined).getReason()).isEqualTo("Vouched");
    assertThat(rolledBack.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }

  @Test
  void migrationsThatChangeDuringASyncStartAnotherSync() {
    var cluster = baselined().starts().migrations(OTHER_MIGRATIONS).ends(synced("13", 13)).settle();

    assertThat(cluster.status().version()).isEqualTo("13");
    assertThat(cluster.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(cluster.activeJob().step()).isEqualTo(Step.SYNC);
  }
}
