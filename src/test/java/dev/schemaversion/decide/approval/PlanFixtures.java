package dev.schemaversion.decide.approval;

import static dev.schemaversion.decide.RunnerReports.planned;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.approval.PlanFixtures.DIGEST;
import static dev.schemaversion.decide.approval.PlanFixtures.plan;
import static dev.schemaversion.decide.approval.PlanFixtures.planning;
import static dev.schemaversion.decide.approval.PlanFixtures.waiting;

import dev.schemaversion.contract.Plan;
import dev.schemaversion.decide.SimulatedCluster;
import java.util.List;

/** Clusters in which a sync needs the approval of its plan. */
final class PlanFixtures {
  static final String DIGEST = "sha256:" + "b7".repeat(32);

  private PlanFixtures() {}

  /** A cluster whose plan Job runs. */
  static SimulatedCluster planning() {
    return atThirteen().patch("spec: {approval: Manual, version: '15'}").settle();
  }

  /** A cluster that waits for the approval of a plan with two migrations. */
  static SimulatedCluster waiting() {
    return waiting(plan(DIGEST, 2, null));
  }

  /** A cluster that waits for the approval of a plan. */
  static SimulatedCluster waiting(Plan plan) {
    return planning().ends(planned(plan)).settle();
  }

  static Plan plan(String digest, int count, List<String> destructive) {
    return new Plan(
        digest,
        "13",
        "15",
        List.of("V14__a.sql", "V15__b.sql"),
        count,
        3,
        1,
        2,
        0,
        List.of("+ table public.a"),
        destructive,
        null);
  }
}
