package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.RunnerReports.claimed;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.RunnerReports.foundHistory;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.baselined;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.TableLocks;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision after a Job has ended. */
class EndedJobTest {
  static Stream<DecisionCase> whenAJobHasEnded() {
    var baseline = applied().settle().starts();
    var sync = baselined().starts();
    var refused = baseline.ends(failed(Step.BASELINE, Outcome.BASELINE_REQUIRED));
    return Stream.of(
        row(
            "the database was empty: the baseline is recorded, and the sync Job created",
            baseline.ends(foundEmpty()),
            "False SyncRunning Reconciling",
            "event Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database was stamped: the baseline is recorded, and the sync Job created",
            baseline.ends(claimed("9")),
            "False SyncRunning Reconciling",
            "event Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database has a history at the wanted version: a sync verifies it",
            baseline.ends(foundHistory("13")),
            "False SyncRunning Reconciling",
            "event Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database has a history at a higher version: the downgrade is refused without a Job",
            baseline.ends(foundHistory("14")),
            "False DowngradeRefused Stalled",
            "event Succeeded",
            "adopt baseline 1",
            "warning DowngradeRefused",
            "remove finalizer"),
        row(
            "the sync took changed files over into the history: an Event says so",
            sync.ends(synced("13", 13).withChecksumsUpdated(List.of("V1__images.sql"))),
            "True AtVersion",
            "event Succeeded",
            "event ChecksumsUpdated",
            "adopt sync 1",
            "event AtVersion",
            "delete baseline 1",
            "remove finalizer"),
        row(
            "the sync rewrote a table for which programs waited: an Event says so",
            sync.ends(
                synced("13", 13)
                    .withLocks(new TableLocks(List.of("V013 rewrites public.images"), null))),
            "True AtVersion",
            "event Succeeded",
            "warning TablesLocked",
            "adopt sync 1",
            "event AtVersion",
            "delete baseline 1",
            "remove finalizer"),
        row(
            "the sync took short locks only: no Event",
            sync.ends(synced("13", 13).withLocks(new TableLocks(null, List.of("V013 takes")))),
            "True AtVersion",
            "event Succeeded",
            "adopt sync 1",
            "event AtVersion",
            "delete baseline 1",
            "remove finalizer"),
        row(
            "the sync adopted an object that was created by hand: an Event says so",
            sync.ends(synced("13", 13).withAdopted(List.of("index public.images.ix_owner"))),
            "True AtVersion",
            "event Succeeded",
            "event HotfixAdopted",
            "adopt sync 1",
            "event AtVersion",
            "delete baseline 1",
            "remove finalizer"),
        row(
            "the baseline is refused: the refusal is recorded, and a person must act",
            refused,
            "False BaselineRequired Stalled",
            "warning BaselineRequired",
            "adopt baseline 1",
            "remove finalizer"),
        row(
            "a refusal does not expire",
            refused.settle().later(Duration.ofDays(3)),
            "False BaselineRequired Stalled"),
        row(
            "the missing baseline version is set: a new baseline Job starts",
            refused.settle().patch("spec: {baseline: {version: '9'}}"),
            "False BaselineRunning Reconciling",
            "add finalizer",
            "create baseline 1"),
        row(
            "suspended when the Job ends: the result is recorded, and no Job starts",
            baseline.patch("spec: {suspend: true}").settle().ends(foundEmpty()),
            "False Suspended",
            "event Succeeded",
            "adopt baseline 1",
            "remove finalizer"),
        row(
            "resumed: the next Job starts",
            baseline
                .patch("spec: {suspend: true}")
                .ends(foundEmpty())
                .settle()
                .patch("spec: {suspend: false}"),
            "False SyncRunning Reconciling",
            "add finalizer",
            "create sync 1 on " + DATABASE),
        row(
            "the sync is done: the resource is Ready, and the finalizer removed",
            sync.ends(synced("13", 13)),
            "True AtVersion",
            "event Succeeded",
            "adopt sync 1",
            "event AtVersion",
            "delete baseline 1",
            "remove finalizer"),
        row("no change: no action", atThirteen(), "True AtVersion"),
        row(
            "a failed script: the failure is recorded, and a person must act",
            sync.ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11)),
            "False MigrationFailed Stalled",
            "warning MigrationFailed",
            "adopt sync 1",
            "remove finalizer"),
        row(
            "the script is corrected: a new sync Job starts",
            sync.ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11))
                .settle()
                .migrations(OTHER_MIGRATIONS),
            "False SyncRunning Reconciling",
            "add finalizer",
            "create sync 1 on " + DATABASE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whenAJobHasEnded")
  void theDecisionIsTheExpectedOne(DecisionCase row) {
    row.hasTheExpectedDecision();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whenAJobHasEnded")
  void theNextPassDecidesNothingNew(DecisionCase row) {
    row.settles();
  }
}
