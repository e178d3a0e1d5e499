package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.RunnerReports.claimed;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decisions once the database is at the wanted version. */
class ReadyTest {
  static Stream<DecisionCase> onceAtTheVersion() {
    var there = atThirteen();
    var higher = there.patch("spec: {version: '14'}").migrations(OTHER_MIGRATIONS);
    return Stream.of(
        row(
            "a higher version is wanted: a sync starts",
            higher,
            "False SyncRunning Reconciling",
            "add finalizer",
            "create sync 1 on " + DATABASE),
        row(
            "the migrations change: a sync validates them",
            there.migrations(OTHER_MIGRATIONS),
            "False SyncRunning Reconciling",
            "add finalizer",
            "create sync 1 on " + DATABASE),
        row(
            "a lower version is wanted: the downgrade is refused without a Job",
            there.patch("spec: {version: '12'}"),
            "False DowngradeRefused Stalled",
            "warning DowngradeRefused"),
        row(
            "another spelling of the same version is no downgrade",
            there.patch("spec: {version: '13.0'}"),
            "False SyncRunning Reconciling",
            "add finalizer",
            "create sync 1 on " + DATABASE),
        row(
            "a lower version is wanted, then the old one: Ready again",
            there.patch("spec: {version: '12'}").settle().patch("spec: {version: '13'}"),
            "True AtVersion",
            "event AtVersion"),
        row(
            "the pod template changes: no Job starts",
            there.patch("spec: {job: {podLabels: {team: glance}}}"),
            "True AtVersion"),
        row(
            "a retry is requested: there is nothing to retry",
            there.patch("metadata: {annotations: {schemaversion.dev/retry: now}}"),
            "True AtVersion"),
        row(
            "the baseline is removed from the spec: no effect after the baseline",
            applied()
                .patch("spec: {baseline: {version: '9'}}")
                .settle()
                .ends(claimed("9"))
                .settle()
                .ends(synced("13", 4))
                .settle()
                .patch("spec: {baseline: null}"),
            "True AtVersion"),
        row(
            "the ConfigMap is deleted: not Ready, because the inputs are unknown",
            there.lacking("glance-migrations"),
            "False MigrationsNotFound Reconciling",
            "warning MigrationsNotFound"),
        row("suspended: still Ready", there.patch("spec: {suspend: true}"), "True AtVersion"),
        row(
            "suspended, and a higher version is wanted: no Job starts",
            higher.patch("spec: {suspend: true}"),
            "False Suspended"),
        row(
            "a sync to a higher version runs: the last success no longer counts",
            higher.settle().starts(),
            "False SyncRunning Reconciling"),
        row(
            "a user deletes the running sync and reverts the spec: another sync starts",
            higher
                .settle()
                .starts()
                .settle()
                .without(higher.settle().activeJob())
                .patch("spec: {version: '13'}")
                .migrations(SimulatedClusters.MIGRATIONS),
            "False SyncRunning Reconciling",
            "create sync 2 on " + DATABASE),
        row(
            "a pending sync is gone and the spec is reverted: another sync starts",
            higher
                .settle()
                .without(higher.settle().activeJob())
                .patch("spec: {version: '13'}")
                .migrations(SimulatedClusters.MIGRATIONS),
            "False SyncRunning Reconciling",
            "create sync 2 on " + DATABASE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("onceAtTheVersion")
  void theDecisionIsTheExpectedOne(DecisionCase row) {
    row.hasTheExpectedDecision();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("onceAtTheVersion")
  void theNextPassDecidesNothingNew(DecisionCase row) {
    row.settles();
  }
}
