package dev.schemaversion.decide;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.planned;
import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.TableLocks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code spec.approval: Manual}: a sync waits for the approval of its plan. */
class ApprovalTest {
  private static final String DIGEST = "sha256:" + "b7".repeat(32);
  private static final String APPROVE =
      "metadata: {annotations: {schemaversion.dev/approve: '%s'}}";

  @Test
  void aPlanIsMadeBeforeTheSync() {
    var planning = planning();

    assertThat(DecisionText.of(planning.next().actions())).isEmpty();
    assertThat(planning.activeJob().step()).isEqualTo(Step.PLAN);
    assertThat(planning.condition(ConditionType.Ready).getReason()).isEqualTo("PlanRunning");
    assertThat(planning.status().version()).as("nothing has changed yet").isEqualTo("13");
  }

  @Test
  void theMessageDescribesThePlanAndTheCommandThatApprovesIt() {
    var ended = planning().ends(planned(plan(DIGEST, 2, null)));

    assertThat(DecisionText.of(ended.next().actions()))
        .contains("event Succeeded", "event ApprovalPending");
    var waiting = ended.settle();
    assertThat(waiting.condition(ConditionType.Reconciling).getReason())
        .isEqualTo("ApprovalPending");
    assertThat(waiting.condition(ConditionType.Ready).getMessage())
        .isEqualTo(
            "the sync from 13 to 15 runs 2 migrations with 3 statements: it creates 1 objects, changes 2"
                + " and removes 0; no statement drops or empties anything. To approve exactly this plan: kubectl annotate sv"
                + " glance -n glance --overwrite schemaversion.dev/approve="
                + DIGEST);
    assertThat(waiting.status().plan().migrations()).containsExactly("V14__a.sql", "V15__b.sql");
    assertThat(waiting.later(Duration.ofDays(9)).next().actions()).isEmpty();
    assertThat(waiting.status().version()).isEqualTo("13");
  }

  @Test
  void theMessageNamesDestructiveStatements() {
    var waiting = waiting(plan(DIGEST, 1, List.of("DROP TABLE images")));

    assertThat(waiting.condition(ConditionType.Ready).getMessage())
        .contains("the plan is DESTRUCTIVE")
        .endsWith("Destructive statements: DROP TABLE images");
  }

  @Test
  void theMessageNamesTheTablesForWhichProgramsWait() {
    var planned = planned(plan(DIGEST, 1, null));
    var waiting =
        planning()
            .ends(
                planned.withLocks(
                    new TableLocks(List.of("V14 rewrites a", "b", "c", "d"), List.of("short"))))
            .settle();

    assertThat(waiting.condition(ConditionType.Ready).getMessage())
        .endsWith(". Programs may wait: V14 rewrites a; b; c");
    assertThat(waiting.status().plan().locks()).hasSize(4);
    assertThat(waiting.status().plan().notes()).containsExactly("short");
    assertThat(waiting(plan(DIGEST, 1, null)).status().plan().locks()).isNull();
  }

  @Test
  void theMessageNamesWhatWasCreatedByHandAndIsAdopted() {
    var waiting =
        waiting(plan(DIGEST, 1, null).withAdopted(List.of("index public.images.ix_owner")));

    assertThat(waiting.condition(ConditionType.Ready).getMessage())
        .contains("it adopts objects that were created by hand and that the migrations create too")
        .contains("index public.images.ix_owner");
    assertThat(waiting.status().plan().adopted()).containsExactly("index public.images.ix_owner");
  }

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
  void aFailedRehearsalIsReportedBeforeApproval() {
    var failed = planning().ends(failed(Step.PLAN, Outcome.REHEARSAL_FAILED)).settle();

    assertThat(failed.condition(ConditionType.Stalled).getReason()).isEqualTo("RehearsalFailed");
    assertThat(failed.migrations(SimulatedClusters.OTHER_MIGRATIONS).settle().activeJob().step())
        .isEqualTo(Step.PLAN);
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
  void rowsThatMayMakeASyncFailAreShownBeforeItIsApproved() {
    var warning = "users must not have NULL in email, and 2 rows break that: SELECT 1";
    var report = planned(plan(DIGEST, 2, null)).withRowWarnings(List.of(warning));
    var ended = planning().ends(report);

    var actions = ended.next().actions();
    var waiting = ended.settle();

    assertThat(DecisionText.of(actions)).contains("warning RowsMayViolateConstraint");
    assertThat(actions.toString()).contains(warning);
    assertThat(waiting.status().plan().rowWarnings()).containsExactly(warning);
    assertThat(waiting.condition(ConditionType.Ready).getMessage())
        .contains("Rows that may make it fail: " + warning);
  }

  @Test
  void rowsThatMakeASyncFailForCertainAreReportedBeforeApproval() {
    var failed = planning().ends(failed(Step.PLAN, Outcome.ROWS_VIOLATE_CONSTRAINT)).settle();

    assertThat(failed.condition(ConditionType.Stalled).getReason())
        .isEqualTo("RowsViolateConstraint");
    assertThat(failed.jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void aSettledResourceNeedsNoPlan() {
    var settled = atThirteen().patch("spec: {approval: Manual}");

    assertThat(settled.next().actions()).isEmpty();
    assertThat(settled.settle().condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }

  private static SimulatedCluster planning() {
    return atThirteen().patch("spec: {approval: Manual, version: '15'}").settle();
  }

  private static SimulatedCluster waiting() {
    return waiting(plan(DIGEST, 2, null));
  }

  private static SimulatedCluster waiting(Plan plan) {
    return planning().ends(planned(plan)).settle();
  }

  private static Plan plan(String digest, int count, List<String> destructive) {
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
