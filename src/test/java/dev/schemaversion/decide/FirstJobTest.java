package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.SimulatedClusters.MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the first look at a resource to the end of its first Job. */
class FirstJobTest {
  static Stream<DecisionCase> beforeTheFirstJobHasEnded() {
    var baseline = applied().settle();
    return Stream.of(
        row(
            "nothing yet: the resource is kept and the baseline Job created",
            applied(),
            "False BaselineRunning Reconciling",
            "keep",
            "create baseline 1"),
        row(
            "a ConfigMap is missing: told, and nothing starts",
            applied().lacking("glance-migrations"),
            "False MigrationsNotFound Reconciling",
            "warn MigrationsNotFound"),
        row(
            "the missing ConfigMap was told already",
            applied().lacking("glance-migrations").settle(),
            "False MigrationsNotFound Reconciling"),
        row(
            "the missing ConfigMap is applied: it goes on by itself",
            applied().lacking("glance-migrations").settle().migrations(MIGRATIONS),
            "False BaselineRunning Reconciling",
            "keep",
            "create baseline 1"),
        row(
            "suspended from the start: nothing starts",
            applied().patch("spec: {suspend: true}"),
            "False Suspended"),
        row(
            "the Job is there, its pod not yet: waited for",
            baseline,
            "False BaselineRunning Reconciling"),
        row(
            "the pod cannot start: what it waits for is told",
            baseline.waitsFor("ErrImagePull: no such image"),
            "False JobPending Reconciling",
            "warn JobPending"),
        row(
            "half a minute later there is no word from its pod: told where to look",
            baseline.later(Duration.ofSeconds(30)),
            "False JobPending Reconciling",
            "warn JobPending"),
        row(
            "suspended while the Job has not started: it goes on",
            baseline.patch("spec: {suspend: true}"),
            "False Suspended"),
        row(
            "suspended and changed while the Job has not started: taken back",
            baseline.patch("spec: {suspend: true, version: '12'}"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row("the Job runs: waited for", baseline.starts(), "False BaselineRunning Reconciling"),
        row(
            "the Job runs and the resource is kept no more: kept again",
            baseline.starts().patch("metadata: {finalizers: null}"),
            "False BaselineRunning Reconciling",
            "keep"),
        row(
            "the Job has not started and the version changes: replaced",
            baseline.waitsFor("ErrImagePull: no such image").patch("spec: {version: '12'}"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row(
            "the Job has not started and its pods should look otherwise: replaced",
            baseline.patch("spec: {job: {nodeSelector: {disk: fast}}}"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row(
            "the Job has not started and a retry is asked for: replaced",
            baseline.patch("metadata: {annotations: {schemaversion.dev/retry: now}}"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row(
            "the Job has not started and its ConfigMap is deleted: taken back",
            baseline.lacking("glance-migrations"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row(
            "the Job that was replaced is gone: another is created",
            baseline.patch("spec: {version: '12'}").without(baseline.activeJob()),
            "False BaselineRunning Reconciling",
            "create baseline 1"),
        row(
            "the Job runs and the version changes: waited for",
            baseline.starts().patch("spec: {version: '12'}"),
            "False BaselineRunning Reconciling"),
        row(
            "the Job runs and its ConfigMap is deleted: waited for",
            baseline.starts().lacking("glance-migrations"),
            "False BaselineRunning Reconciling"),
        row(
            "suspended while the Job runs: it goes on, and the resource is kept",
            baseline.starts().patch("spec: {suspend: true}"),
            "False Suspended"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beforeTheFirstJobHasEnded")
  void decides(DecisionCase row) {
    row.isDecided();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beforeTheFirstJobHasEnded")
  void onceCarriedOutThereIsNothingMoreToDecide(DecisionCase row) {
    row.comesToRest();
  }
}
