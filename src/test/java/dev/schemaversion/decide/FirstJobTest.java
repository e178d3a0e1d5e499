package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.SimulatedClusters.MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decisions before the first Job of a resource has ended. */
class FirstJobTest {
  static Stream<DecisionCase> beforeTheFirstJobHasEnded() {
    var baseline = applied().settle();
    return Stream.of(
        row(
            "a new resource: the finalizer is added and the baseline Job created",
            applied(),
            "False BaselineRunning Reconciling",
            "add finalizer",
            "create baseline 1"),
        row(
            "a ConfigMap is missing: an Event, and no Job",
            applied().lacking("glance-migrations"),
            "False MigrationsNotFound Reconciling",
            "warning MigrationsNotFound"),
        row(
            "a missing ConfigMap emits its Event only once",
            applied().lacking("glance-migrations").settle(),
            "False MigrationsNotFound Reconciling"),
        row(
            "the missing ConfigMap is applied: the baseline Job starts",
            applied().lacking("glance-migrations").settle().migrations(MIGRATIONS),
            "False BaselineRunning Reconciling",
            "add finalizer",
            "create baseline 1"),
        row(
            "suspended from the start: no Job starts",
            applied().patch("spec: {suspend: true}"),
            "False Suspended"),
        row(
            "the Job exists, its pod does not yet: wait",
            baseline,
            "False BaselineRunning Reconciling"),
        row(
            "the pod cannot start: an Event says why",
            baseline.waitsFor("ErrImagePull: no such image"),
            "False JobPending Reconciling",
            "warning JobPending"),
        row(
            "no pod after 30 seconds: an Event says where to look",
            baseline.later(Duration.ofSeconds(30)),
            "False JobPending Reconciling",
            "warning JobPending"),
        row(
            "suspended while the Job is pending: the Job continues",
            baseline.patch("spec: {suspend: true}"),
            "False Suspended"),
        row(
            "suspended and changed while the Job is pending: the Job is deleted",
            baseline.patch("spec: {suspend: true, version: '12'}"),
            "False JobReplaced Reconciling",
            "delete pending baseline 1"),
        row("the Job runs: wait", baseline.starts(), "False BaselineRunning Reconciling"),
        row(
            "the Job runs and the finalizer is missing: it is added again",
            baseline.starts().patch("metadata: {finalizers: null}"),
            "False BaselineRunning Reconciling",
            "add finalizer"),
        row(
            "the Job is pending and the version changes: the Job is replaced",
            baseline.waitsFor("ErrImagePull: no such image").patch("spec: {version: '12'}"),
            "False JobReplaced Reconciling",
            "delete pending baseline 1"),
        row(
            "the Job is pending and the pod template changes: the Job is replaced",
            baseline.patch("spec: {job: {nodeSelector: {disk: fast}}}"),
            "False JobReplaced Reconciling",
            "delete pending baseline 1"),
        row(
            "the Job is pending and a retry is requested: the Job is replaced",
            baseline.patch("metadata: {annotations: {schemaversion.dev/retry: now}}"),
            "False JobReplaced Reconciling",
            "delete pending baseline 1"),
        row(
            "the Job is pending and its ConfigMap is deleted: the Job is deleted",
            baseline.lacking("glance-migrations"),
            "False JobReplaced Reconciling",
            "delete pending baseline 1"),
        row(
            "the replaced Job is gone: another is created",
            baseline.patch("spec: {version: '12'}").without(baseline.activeJob()),
            "False BaselineRunning Reconciling",
            "create baseline 1"),
        row(
            "the Job runs and the version changes: wait",
            baseline.starts().patch("spec: {version: '12'}"),
            "False BaselineRunning Reconciling"),
        row(
            "the Job runs and its ConfigMap is deleted: wait",
            baseline.starts().lacking("glance-migrations"),
            "False BaselineRunning Reconciling"),
        row(
            "suspended while the Job runs: the Job continues, and the finalizer stays",
            baseline.starts().patch("spec: {suspend: true}"),
            "False Suspended"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beforeTheFirstJobHasEnded")
  void theDecisionIsTheExpectedOne(DecisionCase row) {
    row.hasTheExpectedDecision();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beforeTheFirstJobHasEnded")
  void theNextPassDecidesNothingNew(DecisionCase row) {
    row.settles();
  }
}
