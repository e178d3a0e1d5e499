package dev.schemaversion.gitops;

import static dev.schemaversion.decide.DriftFixtures.drifted;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.needs;
import static dev.schemaversion.decide.UpgradeFixtures.syncing;
import static dev.schemaversion.decide.UpgradeFixtures.wantsFourteen;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.gate.Workload;
import java.time.Duration;
import java.util.List;

/**
 * A resource as the operator writes it, and what Argo CD has to say about it.
 *
 * @param name of its file
 * @param health of Argo CD's words
 */
record HealthCase(String name, SchemaVersion resource, String health, String message) {
  static final String NOT_READ =
      "waiting until the operator has read this generation of the resource";

  private static final String DIGEST = "sha256:" + "b7".repeat(32);

  /** All of them. */
  static List<HealthCase> all() {
    return List.of(
        unread("new", applied()),
        unread("outdated", atThirteen().patch("spec: {version: '14'}")),
        ready("baseline-running", applied().settle(), "Progressing"),
        ready("syncing", syncing().settle(), "Progressing"),
        ready("retrying", retrying(), "Progressing"),
        ready("waiting-for-workloads", waitingForWorkloads(), "Progressing"),
        ready("migrations-not-found", wantsFourteen().lacking("shop").settle(), "Progressing"),
        ready("ready", atThirteen(), "Healthy"),
        stalled("stalled", stalled()),
        stalled("drifted", drifted(atThirteen())),
        stalled("downgrade-refused", atThirteen().patch("spec: {version: '12'}").settle()),
        ready("approval-pending", approvalPending(null), "Suspended"),
        ready("suspended", suspended(wantsFourteen()), "Suspended"),
        suspendedAndReady());
  }

  /** A sync that a person has to look at. */
  static SimulatedCluster stalled() {
    return syncing().ends(RunnerReports.failed(Step.SYNC, Outcome.REHEARSAL_FAILED)).settle();
  }

  /** A plan that waits; its destructive statements, or null. */
  static SimulatedCluster approvalPending(List<String> destructive) {
    var plan =
        new Plan(
            DIGEST,
            "13",
            "15",
            List.of("V14__a.sql", "V15__b.sql"),
            2,
            3,
            1,
            2,
            0,
            List.of("+ table public.a"),
            destructive,
            null);
    return atThirteen()
        .patch("spec: {approval: Manual, version: '15'}")
        .settle()
        .ends(RunnerReports.planned(plan))
        .settle();
  }

  static SimulatedCluster suspended(SimulatedCluster cluster) {
    return cluster.patch("spec: {suspend: true}").settle();
  }

  private static SimulatedCluster retrying() {
    return applied()
        .settle()
        .ends(RunnerReports.failed(Step.BASELINE, Outcome.DATABASE_UNREACHABLE))
        .settle();
  }

  private static SimulatedCluster waitingForWorkloads() {
    var old = List.of(new Workload("Deployment", "glance-registry", needs("9", "13"), false));
    return wantsFourteen()
        .workloads(old)
        .withLivePods(old)
        .settle()
        .later(Duration.ofSeconds(5))
        .settle();
  }

  private static HealthCase unread(String name, SimulatedCluster cluster) {
    return new HealthCase(name, cluster.resource(), "Progressing", NOT_READ);
  }

  private static HealthCase ready(String name, SimulatedCluster cluster, String health) {
    return of(name, cluster, health, ConditionType.Ready);
  }

  private static HealthCase stalled(String name, SimulatedCluster cluster) {
    return of(name, cluster, "Degraded", ConditionType.Stalled);
  }

  private static HealthCase suspendedAndReady() {
    var cluster = suspended(atThirteen());
    var message = cluster.condition(ConditionType.Ready).getMessage();
    return new HealthCase(
        "suspended-and-ready", cluster.resource(), "Suspended", "spec.suspend is true; " + message);
  }

  private static HealthCase of(
      String name, SimulatedCluster cluster, String health, ConditionType type) {
    return new HealthCase(name, cluster.resource(), health, cluster.condition(type).getMessage());
  }
}
