package dev.schemaversion.decide.approval;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.planned;
import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.approval.PlanFixtures.DIGEST;
import static dev.schemaversion.decide.approval.PlanFixtures.plan;
import static dev.schemaversion.decide.approval.PlanFixtures.planning;
import static dev.schemaversion.decide.approval.PlanFixtures.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.DriftFixtures;
import dev.schemaversion.decide.JobRequests;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.SimulatedClusters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code spec.approval: Manual}: a sync waits for the approval of its plan. */
class ApprovalTest {
  private static final String APPROVE =
      "metadata: {annotations: {schemaversion.dev/approve: '%s'}}";

  @Test
  void anApprovedPlanIsExecuted() {
    var approved = waiting().patch(APPROVE.formatted(DIGEST));

    assertThat(DecisionText.of(approved.next().actions())).contains("create sync 1 on " + DATABASE);
    assertThat(JobRequests.knownState(approved).approvedPlan()).isEqualTo(DIGEST);
    var done = approved.settle().ends(synced("15", 2)).settle();
    assertThat(done.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(done.status().plan()).isNull();
  }

  @Test
  void theApprovalOfAnotherPlanDoesNotCount() {
    var cluster = waiting().patch(APPROVE.formatted("sha256:" + "00".repeat(32)));

    assertThat(cluster.settle().jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void aPlanThatChangesNothingNeedsNoApproval() {
    var cluster = planning().ends(planned(plan(DIGEST, 0, null)));

    assertThat(cluster.settle().activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(JobRequests.knownState(cluster).approvedPlan())
        .as("so that nothing else is carried out either")
        .isEqualTo(DIGEST);
  }

  @Test
  void otherInputsVoidThePlan() {
    for (var changed :
        List.of(
            waiting().migrations(SimulatedClusters.OTHER_MIGRATIONS),
            waiting().patch("spec: {version: '16'}"),
            waiting().patch("spec: {proof: {ignore: ['table public.x']}}"))) {
      var again = changed.patch(APPROVE.formatted(DIGEST)).settle();

      assertThat(again.status().plan()).isNull();
      assertThat(again.activeJob().step()).isEqualTo(Step.PLAN);
    }
  }

  @Test
  void anOutdatedPlanIsMadeAgain() {
    var changed =
        waiting()
            .patch(APPROVE.formatted(DIGEST))
            .settle()
            .ends(failed(Step.SYNC, Outcome.PLAN_CHANGED))
            .settle();
    assertThat(changed.activeJob().step()).isEqualTo(Step.PLAN);

    var other = "sha256:" + "c8".repeat(32);
    var asked = changed.ends(planned(plan(other, 1, null))).settle();
    assertThat(asked.condition(ConditionType.Ready).getReason()).isEqualTo("ApprovalPending");
    assertThat(asked.patch(APPROVE.formatted(other)).settle().activeJob().step())
        .isEqualTo(Step.SYNC);
  }

  @Test
  void aWithdrawnApprovalDeletesThePendingJob() {
    var approved = waiting().patch(APPROVE.formatted(DIGEST)).settle();

    assertThat(DecisionText.of(approved.patch(APPROVE.formatted("no")).next().actions()))
        .contains("delete pending sync 1");
  }

  @Test
  void switchingToManualDeletesThePendingJob() {
    var automatic = atThirteen().patch("spec: {version: '15'}").settle();

    assertThat(automatic.patch("spec: {approval: Manual}").settle().activeJob().step())
        .isEqualTo(Step.PLAN);
  }

  @Test
  void switchingToAutomaticStartsTheSync() {
    var automatic = waiting().patch("spec: {approval: Automatic}").settle();

    assertThat(automatic.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(automatic.status().plan()).isNull();
  }

  @Test
  void afterDriftThePlanIsMadeOnceTheDriftIsUndone() {
    var drifted =
        planning().ends(refuted(Step.PLAN, Outcome.DRIFTED, "13", schema("drift"))).settle();
    assertThat(drifted.condition(ConditionType.Stalled).getReason()).isEqualTo("Drifted");

    var undone =
        DriftFixtures.verifying(drifted).ends(RunnerReports.verified(schemaOf("13"))).settle();
    assertThat(undone.activeJob().step()).isEqualTo(Step.PLAN);
  }

  @Test
  void aSettledResourceNeedsNoPlan() {
    var settled = atThirteen().patch("spec: {approval: Manual}");

    assertThat(settled.next().actions()).isEmpty();
    assertThat(settled.settle().condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }
}
