package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.baselined;
import static dev.schemaversion.decide.SimulatedClusters.needs;
import static dev.schemaversion.decide.SimulatedClusters.unclaimed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.gate.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** While the limits of Jobs are reached, the next Job waits, and nothing is prepared for it. */
class QueuedJobTest {
  private static final String LIMIT = "as many Jobs run as SCHEMAVERSION_MAX_JOBS=20 permits";
  private static final Workload OLD_POD =
      new Workload("Deployment", "old", needs("9", "13"), false);

  static Stream<DecisionCase> queued() {
    var unreachable =
        applied().settle().ends(failed(Step.BASELINE, Outcome.DATABASE_UNREACHABLE)).settle();
    return Stream.of(
        row("a new resource", unclaimed().withQueued(LIMIT), "False JobQueued Reconciling"),
        row(
            "a new resource that claims a version",
            applied().withQueued(LIMIT),
            "False JobQueued Reconciling"),
        row(
            "a new resource with a live pod that declares a max-version",
            unclaimed().livePods(OLD_POD).withQueued(LIMIT),
            "False JobQueued Reconciling"),
        row(
            "a baseline has ended: it is recorded, and the sync waits",
            applied().settle().ends(foundEmpty()).withQueued(LIMIT),
            "False JobQueued Reconciling",
            "event Succeeded",
            "adopt baseline 1",
            "remove finalizer"),
        row(
            "another version is wanted",
            atThirteen().patch("spec: {version: '14'}").withQueued(LIMIT),
            "False JobQueued Reconciling"),
        row(
            "another version is wanted, and workloads declare a max-version",
            upgradeBesideOldPods().withQueued(LIMIT),
            "False JobQueued Reconciling"),
        row(
            "a plan is needed",
            atThirteen().patch("spec: {version: '14', approval: Manual}").withQueued(LIMIT),
            "False JobQueued Reconciling"),
        row(
            "a Job runs: it is waited for as ever",
            baselined().withQueued(LIMIT),
            "False SyncRunning Reconciling"),
        row(
            "the back-off after a failure is not over",
            unreachable.withQueued(LIMIT),
            "False DatabaseUnreachable Reconciling"),
        row(
            "the back-off is over: the retry waits",
            unreachable.later(Duration.ofMinutes(10)).withQueued(LIMIT),
            "False JobQueued Reconciling"),
        row(
            "a verification is due: the resource stays Ready",
            atThirteen().later(Duration.ofMinutes(70)).withQueued(LIMIT),
            "True AtVersion"),
        row("nothing is to be done", atThirteen().withQueued(LIMIT), "True AtVersion"),
        row(
            "it is suspended while it waits",
            unclaimed().withQueued(LIMIT).settle().patch("spec: {suspend: true}"),
            "False Suspended"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queued")
  void theDecisionIsTheExpectedOne(DecisionCase row) {
    row.hasTheExpectedDecision();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queued")
  void theNextPassDecidesNothingNew(DecisionCase row) {
    row.settles();
  }

  @Test
  void waitingCausesNoWriteHoweverLongItTakes() {
    var waiting = unclaimed().withQueued(LIMIT).settle();

    assertThat(waiting.later(Duration.ofDays(1)).next().status()).isEqualTo(waiting.status());
  }

  @Test
  void nothingIsAnnouncedToTheGateWhileItWaits() {
    var status = upgradeBesideOldPods().withQueued(LIMIT).settle().status();

    assertThat(status.target()).isNull();
    assertThat(status.interruptedSync()).isNull();
  }

  @Test
  void anAnnouncementWithoutAPlaceIsWithdrawn() {
    var announced = upgradeBesideOldPods().settle();
    assertThat(announced.status().target()).isEqualTo("14");

    assertThat(announced.withQueued(LIMIT).settle().status().target()).isNull();
  }

  @Test
  void theTargetOfASyncWhoseResultIsUnknownStays() {
    var lost = baselined().starts().dies("OOMKilled", 137).settle();
    var waiting = lost.later(Duration.ofMinutes(10)).withQueued(LIMIT).settle();

    assertThat(waiting.condition(ConditionType.Ready).getReason()).isEqualTo("JobQueued");
    assertThat(waiting.status().target()).isEqualTo("13");
    assertThat(waiting.status().interruptedSync()).isNotNull();
  }

  @Test
  void itStartsAsSoonAsItHasAPlace() {
    var waiting = unclaimed().withQueued(LIMIT).settle();

    assertThat(DecisionText.of(waiting.withQueued(null).next().actions()))
        .containsExactly("add finalizer", "create sync 1");
  }

  @Test
  void theMessageOfAVerificationThatWaitsIsInProven() {
    var waiting = atThirteen().later(Duration.ofMinutes(70)).withQueued(LIMIT).settle();

    assertThat(waiting.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(waiting.condition(ConditionType.Proven).getMessage()).endsWith(LIMIT);
  }

  static Stream<Arguments> demands() {
    var announced = upgradeBesideOldPods().settle();
    return Stream.of(
        Arguments.of("nothing is to be done", atThirteen(), JobDemand.NONE),
        Arguments.of("a Job runs", baselined(), JobDemand.NONE),
        Arguments.of("a first Job", applied(), JobDemand.CREATE),
        Arguments.of(
            "a verification", atThirteen().later(Duration.ofMinutes(70)), JobDemand.CREATE),
        Arguments.of("the target is announced first", upgradeBesideOldPods(), JobDemand.PREPARE),
        Arguments.of("the announcement must reach all caches", announced, JobDemand.PREPARE),
        Arguments.of(
            "live pods block the sync", announced.later(Duration.ofSeconds(6)), JobDemand.BLOCKED),
        Arguments.of(
            "the pods are gone",
            announced.later(Duration.ofSeconds(6)).withLivePods(List.of()),
            JobDemand.CREATE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("demands")
  void aDecisionSaysWhatItNeedsFromTheQueue(
      String name, SimulatedCluster cluster, JobDemand demand) {
    assertThat(cluster.next().demand()).as(name).isEqualTo(demand);
  }

  private static SimulatedCluster upgradeBesideOldPods() {
    return atThirteen()
        .workloads(List.of(OLD_POD))
        .livePods(OLD_POD)
        .settle()
        .patch("spec: {version: '14'}");
  }
}
