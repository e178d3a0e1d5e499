package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.claimed;
import static dev.schemaversion.decide.SimulatedClusters.synced;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows once the database is at the version. */
class ReadyTest {
  static Stream<DecisionCase> onceAtTheVersion() {
    var there = atThirteen();
    var higher = there.patch("spec: {version: '14'}").migrations(OTHER_MIGRATIONS);
    return Stream.of(
        row(
            "a higher version is wanted: a sync",
            higher,
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE),
        row(
            "the migrations changed: a sync finds out whether that matters",
            there.migrations(OTHER_MIGRATIONS),
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE),
        row(
            "a lower version is wanted: refused without a Job",
            there.patch("spec: {version: '12'}"),
            "False DowngradeRefused Stalled",
            "warn DowngradeRefused"),
        row(
            "the same version written otherwise is no downgrade",
            there.patch("spec: {version: '13.0'}"),
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE),
        row(
            "wanted lower, then as it was: at the version again",
            there.patch("spec: {version: '12'}").settle().patch("spec: {version: '13'}"),
            "True AtVersion",
            "tell AtVersion"),
        row(
            "the pods should look otherwise: no Job for that",
            there.patch("spec: {job: {podLabels: {team: glance}}}"),
            "True AtVersion"),
        row(
            "a retry is asked for: nothing is left to try",
            there.patch("metadata: {annotations: {schemaversion.dev/retry: now}}"),
            "True AtVersion"),
        row(
            "the baseline is taken out of the spec: it has done its work",
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
            "the ConfigMap is deleted: not ready, since nobody can tell",
            there.lacking("glance-migrations"),
            "False MigrationsNotFound Reconciling",
            "warn MigrationsNotFound"),
        row(
            "suspended: ready nevertheless",
            there.patch("spec: {suspend: true}"),
            "True AtVersion"),
        row(
            "suspended, and a higher version is wanted: nothing starts",
            higher.patch("spec: {suspend: true}"),
            "False Suspended"),
        row(
            "a sync runs for a higher version: the last success says no more",
            higher.settle().starts(),
            "False SyncRunning Reconciling"),
        row(
            "the running sync is deleted by hand and the spec set back: the database is asked",
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
            "a sync that was not seen to start is gone and the spec set back: the database is asked",
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
  void decides(DecisionCase row) {
    row.isDecided();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("onceAtTheVersion")
  void onceCarriedOutThereIsNothingMoreToDecide(DecisionCase row) {
    row.comesToRest();
  }
}
