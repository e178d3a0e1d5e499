package dev.schemaversion.decide.rule;

import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.atExpand;
import static dev.schemaversion.decide.SimulatedClusters.needs;
import static dev.schemaversion.decide.rule.ContractFixtures.CACHES;
import static dev.schemaversion.decide.rule.ContractFixtures.OLD;
import static dev.schemaversion.decide.rule.ContractFixtures.toFourteen;
import static dev.schemaversion.decide.rule.ContractFixtures.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expand and contract: a sync waits for live pods that do not run on its target. */
class ContractGuardTest {
  private static final Workload[] NO_PODS = {};

  @Test
  void withAMaxVersionTheOperatorWaitsForTheCachesOfTheGate() {
    var cluster = toFourteen().workloads(List.of(OLD)).settle();

    assertThat(cluster.jobs()).noneMatch(ObservedJob::active);
    assertThat(cluster.next().requeueAfter()).contains(CACHES);
    assertThat(cluster.later(CACHES.minusMillis(1)).next().requeueAfter())
        .contains(Duration.ofMillis(1));
    assertThat(cluster.later(CACHES).settle().activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void aMaxVersionThatOnlyTheListContainsCountsToo() {
    var cluster = toFourteen().livePods(workload("api", needs("9", "15"), false)).settle();

    assertThat(cluster.next().requeueAfter()).contains(CACHES);
    assertThat(cluster.later(CACHES).settle().activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void theSyncWaitsForAPodThatDoesNotRunOnTheTarget() {
    var other = workload("worker", needs("1", "13.5"), false);
    var cluster =
        toFourteen().workloads(List.of(OLD)).livePods(OLD, OLD, other).later(CACHES).settle();
    var waiting = cluster.later(CACHES).settle();

    var condition = waiting.condition(ConditionType.Reconciling);
    assertThat(condition.getReason()).isEqualTo("WaitingForWorkloads");
    assertThat(condition.getMessage())
        .isEqualTo(
            "the sync to 14 waits for live pods that do not run on that version: Deployment api up to 13 (2 pods),"
                + " Deployment worker up to 13.5 (1 pod). The sync starts when they are gone");
    assertThat(waiting.status().target()).isEqualTo("14");
    assertThat(waiting.next().requeueAfter()).contains(Duration.ofSeconds(2));
    assertThat(waiting.livePods(NO_PODS).settle().activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void podsThatRunOnTheTargetDoNotBlockTheSync() {
    var cluster =
        toFourteen()
            .livePods(
                workload("fits", needs("9", "14"), false),
                workload("open", needs("9", null), false),
                workload("of-others", WorkloadRequirements.read("keystone", Map.of()), false))
            .settle()
            .later(CACHES)
            .settle();

    assertThat(cluster.activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void anInvalidMaxVersionBlocksTheSync() {
    var cluster =
        toFourteen().livePods(workload("odd", needs("9", "latest"), false)).settle().later(CACHES);

    assertThat(cluster.settle().condition(ConditionType.Reconciling).getMessage())
        .contains("Deployment odd up to latest (1 pod)");
  }

  @Test
  void furtherRequirementsBlockTheSyncToo() {
    var both =
        WorkloadRequirements.read(
            "keystone",
            Map.of(
                "schemaversion.dev/min-version",
                "1",
                "schemaversion.dev/requirements",
                "glance=9-13"));
    var cluster = toFourteen().livePods(workload("both", both, false)).settle().later(CACHES);

    assertThat(cluster.settle().condition(ConditionType.Reconciling).getMessage())
        .contains("Deployment both up to 13 (1 pod)");
  }

  @Test
  void oldAndNewPodsWithoutACommonVersionAreReported() {
    var successor = workload("api", needs("14", null), true);
    var cluster =
        toFourteen().workloads(List.of(successor)).livePods(OLD).settle().later(CACHES).settle();

    var condition = cluster.condition(ConditionType.Stalled);
    assertThat(condition.getStatus()).isEqualTo("True");
    assertThat(condition.getReason()).isEqualTo("IncompatibleWorkloads");
    assertThat(condition.getMessage())
        .isEqualTo(
            "the sync to 14 waits for live pods that do not run on that version: Deployment api up to 13 (1 pod). The"
                + " new pods of Deployment api require that version, so the old ones are not replaced. Scale"
                + " the workload to 0 and up again (kubectl scale), or first deploy a release that runs on both versions");
    assertThat(cluster.livePods(NO_PODS).settle().activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void aReleaseWithItsContractingMigrationRollsOut() {
    // The new program runs on 13 and 14; the old one up to 13 only.
    var rollingOut =
        toFourteen()
            .workloads(List.of(workload("api", needs("13", null), false)))
            .livePods(OLD, workload("api", needs("13", null), false))
            .settle()
            .later(CACHES)
            .settle();
    assertThat(rollingOut.condition(ConditionType.Reconciling).getReason())
        .isEqualTo("WaitingForWorkloads");

    var rolledOut = rollingOut.livePods(workload("api", needs("13", null), false)).settle();

    var done = rolledOut.starts().ends(synced("14", 1)).settle();
    assertThat(done.status().version()).isEqualTo("14");
  }

  @Test
  void aSyncWaitsForPodsByThePlaceOfNames() {
    var old = workload("api", needs("liberty", "2024_1_expand01"), false);
    var cluster =
        atExpand()
            .patch("spec: {version: 2024_1_contract01}")
            .livePods(
                old,
                workload("fits", needs("liberty", "2025_1"), false),
                workload("typo", needs("liberty", "2025_2"), false),
                workload("number", needs("liberty", "9"), false))
            .settle()
            .later(CACHES)
            .settle();

    assertThat(cluster.status().target()).isEqualTo("2024_1_contract01");
    assertThat(cluster.status().ahead()).containsExactly("2024_1_contract01", "2025_1");
    assertThat(cluster.condition(ConditionType.Reconciling).getMessage())
        .isEqualTo(
            "the sync to 2024_1_contract01 waits for live pods that do not run on that version: Deployment"
                + " api up to 2024_1_expand01 (1 pod), Deployment number up to 9 (1 pod), Deployment typo up"
                + " to 2025_2 (1 pod). The sync starts when they are gone");

    var successor =
        cluster
            .workloads(List.of(workload("api", needs("2024_1_contract01", null), true)))
            .livePods(old)
            .settle();
    assertThat(successor.condition(ConditionType.Stalled).getReason())
        .isEqualTo("IncompatibleWorkloads");
    assertThat(successor.livePods(NO_PODS).settle().activeJob().step()).isEqualTo(Step.SYNC);
  }
}
