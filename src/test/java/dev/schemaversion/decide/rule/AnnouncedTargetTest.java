package dev.schemaversion.decide.rule;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.rule.ContractFixtures.OLD;
import static dev.schemaversion.decide.rule.ContractFixtures.toFourteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.SimulatedClusters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The target of a sync is in the status while the sync may run. */
class AnnouncedTargetTest {
  @Test
  void theTargetIsInTheStatusBeforeTheJobIsCreated() {
    var higher = toFourteen();

    var announced = Decide.next(higher.observed());

    assertThat(announced.status().target()).isEqualTo("14");
    assertThat(DecisionText.of(announced.actions())).noneMatch(text -> text.startsWith("create"));
    assertThat(announced.listsLivePods())
        .as("no workload has a max-version: nothing to wait for")
        .isTrue();
    assertThat(DecisionText.of(higher.next().actions()))
        .anyMatch(text -> text.startsWith("create sync"));
  }

  @Test
  void theTargetStaysUntilTheResultIsRecorded() {
    var running = toFourteen().settle().starts().settle();
    assertThat(running.status().target()).isEqualTo("14");

    var done = running.ends(synced("14", 1)).settle();

    assertThat(done.status().target()).isNull();
    assertThat(done.status().targetSince()).isNull();
    assertThat(done.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }

  @Test
  void theTargetIsRemovedWhenTheSyncFails() {
    var failed =
        toFourteen()
            .settle()
            .starts()
            .ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "13", 0))
            .settle();

    assertThat(failed.status().target()).isNull();
    assertThat(failed.status().version()).isEqualTo("13");
  }

  @Test
  void theTargetIsRemovedWhenTheSpecIsReverted() {
    var waiting = toFourteen().workloads(List.of(OLD)).settle();
    assertThat(waiting.status().target()).isEqualTo("14");

    assertThat(waiting.patch("spec: {version: '13'}").settle().status().target()).isNull();
    assertThat(waiting.patch("spec: {suspend: true}").settle().status().target()).isNull();
  }

  @Test
  void aSyncWithoutAVersionChangeAnnouncesNoTarget() {
    var again = atThirteen().migrations(SimulatedClusters.OTHER_MIGRATIONS).livePods(OLD);

    assertThat(DecisionText.of(again.next().actions()))
        .anyMatch(text -> text.startsWith("create sync"));
    assertThat(again.settle().status().target()).isNull();
  }
}
