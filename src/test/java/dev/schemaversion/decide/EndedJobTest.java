package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.baselined;
import static dev.schemaversion.decide.SimulatedClusters.claimed;
import static dev.schemaversion.decide.SimulatedClusters.failed;
import static dev.schemaversion.decide.SimulatedClusters.foundEmpty;
import static dev.schemaversion.decide.SimulatedClusters.foundHistory;
import static dev.schemaversion.decide.SimulatedClusters.synced;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows when a Job has ended. */
class EndedJobTest {
  static Stream<DecisionCase> whenAJobHasEnded() {
    var baseline = applied().settle().starts();
    var sync = baselined().starts();
    var refused = baseline.ends(failed(Step.BASELINE, Outcome.BASELINE_REQUIRED));
    return Stream.of(
        row(
            "the database was empty: recorded, and the sync Job created for it",
            baseline.ends(foundEmpty()),
            "False SyncRunning Reconciling",
            "tell Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database was stamped: recorded, and the sync Job created for it",
            baseline.ends(claimed("9")),
            "False SyncRunning Reconciling",
            "tell Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database has a history at the wanted version: a sync makes sure",
            baseline.ends(foundHistory("13")),
            "False SyncRunning Reconciling",
            "tell Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database has a history at a higher version: refused without a Job",
            baseline.ends(foundHistory("14")),
            "False DowngradeRefused Stalled",
            "tell Succeeded",
            "adopt baseline 1",
            "warn DowngradeRefused",
            "let go"),
        row(
            "the baseline is refused: recorded, and a person must act",
            refused,
            "False BaselineRequired Stalled",
            "warn BaselineRequired",
            "adopt baseline 1",
            "let go"),
        row(
            "the refusal stands",
            refused.settle().later(Duration.ofDays(3)),
            "False BaselineRequired Stalled"),
        row(
            "the baseline that was missing is given: it goes on by itself",
            refused.settle().patch("spec: {baseline: {version: '9'}}"),
            "False BaselineRunning Reconciling",
            "keep",
            "create baseline 1"),
        row(
            "suspended when the Job ends: recorded, and nothing starts",
            baseline.patch("spec: {suspend: true}").settle().ends(foundEmpty()),
            "False Suspended",
            "tell Succeeded",
            "adopt baseline 1",
            "let go"),
        row(
            "no more suspended: it goes on where it was",
            baseline
                .patch("spec: {suspend: true}")
                .ends(foundEmpty())
                .settle()
                .patch("spec: {suspend: false}"),
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE),
        row(
            "the sync is done: at the version, and the resource kept no more",
            sync.ends(synced("13", 13)),
            "True AtVersion",
            "tell Succeeded",
            "adopt sync 1",
            "tell AtVersion",
            "delete baseline 1",
            "let go"),
        row("nothing has changed: nothing is done", atThirteen(), "True AtVersion"),
        row(
            "a bad script: recorded, and a person must act",
            sync.ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11)),
            "False MigrationFailed Stalled",
            "warn MigrationFailed",
            "adopt sync 1",
            "let go"),
        row(
            "the script is mended: it goes on by itself, under a new name",
            sync.ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11))
                .settle()
                .migrations(OTHER_MIGRATIONS),
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whenAJobHasEnded")
  void decides(DecisionCase row) {
    row.isDecided();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whenAJobHasEnded")
  void onceCarriedOutThereIsNothingMoreToDecide(DecisionCase row) {
    row.comesToRest();
  }
}
