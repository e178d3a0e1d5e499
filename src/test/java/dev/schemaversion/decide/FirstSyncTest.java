package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.RunnerReports.claimed;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.RunnerReports.foundHistory;
import static dev.schemaversion.decide.RunnerReports.fromEmpty;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.needs;
import static dev.schemaversion.decide.SimulatedClusters.unclaimed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.gate.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One Job migrates an empty database of which nothing is known, and is recorded as what it was. */
class FirstSyncTest {
  static Stream<DecisionCase> firstSyncs() {
    var first = unclaimed().settle();
    return Stream.of(
        row(
            "a new resource that claims nothing: the sync is first",
            unclaimed(),
            "False SyncRunning Reconciling",
            "add finalizer",
            "create sync 1"),
        row(
            "an approval is required: a baseline is first, then a plan",
            unclaimed().patch("spec: {approval: Manual}"),
            "False BaselineRunning Reconciling",
            "add finalizer",
            "create baseline 1"),
        row(
            "a pod declares a max-version: a baseline, which need not wait",
            unclaimed().workloads(List.of(pod("1", "9"))),
            "False BaselineRunning Reconciling",
            "add finalizer",
            "create baseline 1"),
        row(
            "a live pod declares a max-version: a baseline",
            unclaimed().livePods(pod("1", "9")),
            "False BaselineRunning Reconciling",
            "add finalizer",
            "create baseline 1"),
        row(
            "it was empty: Ready after one Job",
            first.ends(fromEmpty(synced("13", 13))),
            "True AtVersion",
            "event Succeeded",
            "adopt sync 1",
            "event AtVersion",
            "remove finalizer"),
        row(
            "it had a history: a baseline is recorded, and the sync follows",
            first.ends(foundHistory("9")),
            "False SyncRunning Reconciling",
            "event Succeeded",
            "adopt sync 1",
            "create sync 2 on " + DATABASE),
        row(
            "the scratch server had another major version: the sync follows",
            first.ends(foundEmpty()),
            "False SyncRunning Reconciling",
            "event Succeeded",
            "adopt sync 1",
            "create sync 2 on " + DATABASE),
        row(
            "the database cannot be reached: the same again later",
            first.ends(failed(Step.SYNC, Outcome.DATABASE_UNREACHABLE)),
            "False DatabaseUnreachable Reconciling",
            "warning DatabaseUnreachable",
            "adopt sync 1",
            "remove finalizer"),
        row(
            "the runner is lost: a baseline finds out what is there",
            first.starts().dies("OOMKilled", 137),
            "False BaselineRunning Reconciling",
            "warning RunnerLost",
            "adopt sync 1",
            "create baseline 1"),
        row(
            "the first migration fails: the baseline is recorded, and a person has to act",
            first.ends(
                fromEmpty(failed(Step.SYNC, Outcome.MIGRATION_FAILED))
                    .withProof(foundEmpty().proof())),
            "False MigrationFailed Stalled",
            "warning MigrationFailed",
            "adopt sync 1",
            "remove finalizer"),
        row(
            "a later migration fails: so are the migrations before it",
            first.ends(fromEmpty(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "5", 5))),
            "False MigrationFailed Stalled",
            "warning MigrationFailed",
            "adopt sync 1",
            "remove finalizer"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("firstSyncs")
  void theDecisionIsTheExpectedOne(DecisionCase row) {
    row.hasTheExpectedDecision();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("firstSyncs")
  void theNextPassDecidesNothingNew(DecisionCase row) {
    row.settles();
  }

  @Test
  void itsRequestSaysThatItIsFirstAndTheRecordExistsBeforeTheJob() {
    assertThat(JobRequests.knownState(unclaimed()).first()).isTrue();
    var status = unclaimed().next().status();
    assertThat(status.interruptedSync().target()).isEqualTo("13");
    assertThat(status.target()).isEqualTo("13");
    assertThat(status.version()).isNull();
  }

  @Test
  void bothStepsAreRecordedFromOneReport() {
    var status = unclaimed().settle().ends(fromEmpty(synced("13", 13))).settle().status();

    assertThat(status.baseline().source()).isEqualTo("Empty");
    assertThat(status.synced().version()).isEqualTo("13");
    assertThat(status.version()).isEqualTo("13");
    assertThat(status.interruptedSync()).isNull();
  }

  @Test
  void whatWasABaselineIsListedAsOneAndItsRefusalLasts() {
    var refused =
        unclaimed().settle().ends(failed(Step.BASELINE, Outcome.BASELINE_REQUIRED)).settle();

    assertThat(refused.status().history().getLast().step()).isEqualTo("baseline");
    assertThat(refused.next().actions()).isEmpty();
    var proven = refused.patch("spec: {baseline: {version: '9'}}").settle().ends(claimed("9"));
    assertThat(proven.settle().status().baseline().version()).isEqualTo("9");
  }

  @Test
  void afterADatabaseThatCouldNotBeReachedTheNextAttemptIsFirstToo() {
    var unreachable =
        unclaimed().settle().ends(failed(Step.SYNC, Outcome.DATABASE_UNREACHABLE)).settle();
    var later = unreachable.later(Duration.ofMinutes(10));

    assertThat(JobRequests.knownState(later).first()).isTrue();
  }

  private static Workload pod(String min, String max) {
    return new Workload("Pod", "old", needs(min, max), false);
  }
}
