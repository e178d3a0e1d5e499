package dev.schemaversion.decide.approval;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.planned;
import static dev.schemaversion.decide.approval.PlanFixtures.DIGEST;
import static dev.schemaversion.decide.approval.PlanFixtures.plan;
import static dev.schemaversion.decide.approval.PlanFixtures.planning;
import static dev.schemaversion.decide.approval.PlanFixtures.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.TableLocks;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.SimulatedClusters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user reads before approving a plan. */
class PlanMessageTest {
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
  void aFailedRehearsalIsReportedBeforeApproval() {
    var failed = planning().ends(failed(Step.PLAN, Outcome.REHEARSAL_FAILED)).settle();

    assertThat(failed.condition(ConditionType.Stalled).getReason()).isEqualTo("RehearsalFailed");
    assertThat(failed.migrations(SimulatedClusters.OTHER_MIGRATIONS).settle().activeJob().step())
        .isEqualTo(Step.PLAN);
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
}
