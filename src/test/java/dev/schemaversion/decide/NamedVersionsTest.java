package dev.schemaversion.decide;

import static dev.schemaversion.decide.SimulatedClusters.atExpand;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.needs;
import static dev.schemaversion.decide.UpgradeFixtures.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.gate.Workload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration tool whose versions are names: what the status lists, and what the rules refuse. */
class NamedVersionsTest {
  private static final String TO_CONTRACT = "spec: {version: 2024_1_contract01}";

  @Test
  void theStatusListsTheNamesAroundTheVersion() {
    var status = atExpand().status();

    assertThat(status.version()).isEqualTo("2024_1_expand01");
    assertThat(status.reached())
        .containsExactly("2024_1_expand01", "3", "12", "mitaka02", "liberty", "0");
    assertThat(status.ahead()).containsExactly("2024_1_expand01", "2024_1_contract01", "2025_1");
  }

  @Test
  void withNumbersTheStatusHasNoLists() {
    var numbers =
        atExpand().patch("spec: {version: '13', migrations: {command: {versions: ['9', '13']}}}");

    for (var cluster : List.of(atThirteen(), numbers)) {
      assertThat(cluster.settle().status().reached()).isNull();
      assertThat(cluster.settle().status().ahead()).isNull();
    }
  }

  @Test
  void theListsFollowVersionAndTargetThroughASync() {
    var syncing = atExpand().patch(TO_CONTRACT).settle().starts().settle();
    assertThat(syncing.status().reached()).startsWith("2024_1_expand01", "3");
    assertThat(syncing.status().ahead()).containsExactly("2024_1_contract01", "2025_1");
    assertThat(verdict(syncing, "liberty", null).satisfied()).isTrue();
    assertThat(verdict(syncing, "liberty", "2024_1_contract01").satisfied()).isTrue();
    assertThat(verdict(syncing, "liberty", "2024_1_expand01").satisfied()).isFalse();
    assertThat(verdict(syncing, "2024_1_contract01", null).satisfied()).isFalse();

    var synced = syncing.ends(RunnerReports.synced("2024_1_contract01", 1)).settle();
    assertThat(synced.status().reached()).startsWith("2024_1_contract01", "2024_1_expand01");
    assertThat(synced.status().ahead()).containsExactly("2024_1_contract01", "2025_1");
    assertThat(synced.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(verdict(synced, "2024_1_contract01", null).satisfied()).isTrue();
    // As a number, 9 is at most 12.
    assertThat(verdict(synced, "9", null).satisfied()).isFalse();
  }

  @Test
  void aChangedListChangesTheListsInTheStatus() {
    var changed =
        atExpand()
            .patch(
                "spec: {migrations: {command: {versions: [liberty, 2024_1_expand01, 2024_1_expand02]}}}");

    // Until the operator has seen the change, nothing counts.
    assertThat(verdict(changed, "liberty", null).satisfied()).isFalse();
    var status = Decide.next(changed.observed()).status();
    assertThat(status.reached()).containsExactly("2024_1_expand01", "liberty", "0");
    assertThat(status.ahead()).containsExactly("2024_1_expand01", "2024_1_expand02");
    assertThat(verdict(changed.recording(status), "mitaka02", null).satisfied()).isFalse();
  }

  @Test
  void aVersionThatIsNoLongerInTheListDoesNotCount() {
    var rolledBack =
        atExpand()
            .patch(
                "spec: {version: mitaka02, migrations: {command: {versions: [liberty, mitaka02]}}}")
            .settle();

    assertThat(rolledBack.condition(ConditionType.Stalled).getReason()).isEqualTo("VersionMissing");
    assertThat(rolledBack.condition(ConditionType.Stalled).getMessage())
        .isEqualTo(
            "the database is at 2024_1_expand01, which is not among spec.migrations.command.versions up to"
                + " mitaka02. Add it at its place. Until then the gate holds all workloads that require the database");
    assertThat(rolledBack.jobs()).noneMatch(ObservedJob::active);
    assertThat(rolledBack.status().version()).isNull();
    assertThat(rolledBack.status().reached()).isNull();
    assertThat(rolledBack.status().ahead()).isNull();
    assertThat(verdict(rolledBack, "liberty", null).satisfied()).isFalse();
  }

  @Test
  void aWantedVersionThatIsNotInTheListStartsNoJobAndTheGateGoesOn() {
    var wrong = atExpand().patch("spec: {version: 2026_1}").settle();

    assertThat(wrong.condition(ConditionType.Stalled).getReason()).isEqualTo("VersionMissing");
    assertThat(wrong.condition(ConditionType.Stalled).getMessage())
        .isEqualTo(
            "spec.version is 2026_1, which is not among spec.migrations.command.versions up to 2025_1. Add"
                + " it, or correct spec.version");
    assertThat(wrong.jobs()).noneMatch(ObservedJob::active);
    assertThat(wrong.status().target()).isNull();
    assertThat(verdict(wrong, "liberty", "2024_1_expand01").satisfied()).isTrue();
  }

  @ParameterizedTest(name = "claimed: {0}, refused: {1}")
  @CsvSource({"liberty, false", "0, false", "13, true", "Liberty, true"})
  void aClaimedVersionMustBeInTheListUntilTheBaselineIsKnown(String claimed, boolean refused) {
    var claim = "spec: {baseline: {version: '%s'}}".formatted(claimed);
    var unknown = atExpand().patch("status: null").jobs(List.of()).patch(claim).settle();

    assertThat(unknown.jobs().stream().noneMatch(ObservedJob::active)).isEqualTo(refused);
    assertThat(
            unknown
                .condition(ConditionType.Ready)
                .getMessage()
                .contains("spec.baseline.version is " + claimed))
        .isEqualTo(refused);
    assertThat(atExpand().patch(claim).settle().condition(ConditionType.Stalled).getStatus())
        .isEqualTo("False");
  }

  @Test
  void aLowerPlaceIsADowngrade() {
    var lower = atExpand().patch("spec: {version: '12'}").settle();

    assertThat(lower.condition(ConditionType.Stalled).getReason()).isEqualTo("DowngradeRefused");
    assertThat(verdict(lower, "mitaka02", "2024_1_expand01").satisfied()).isTrue();
  }

  @Test
  void anInvalidSpecClearsTheLists() {
    var invalid =
        atExpand()
            .patch("spec: {migrations: {command: {versions: [liberty, liberty]}}}")
            .settle()
            .status();

    assertThat(invalid.version()).isNull();
    assertThat(invalid.reached()).isNull();
    assertThat(invalid.ahead()).isNull();
  }

  @Test
  void anotherNameInTheHistoryWithdrawsTheProvenVersion() {
    var verifying =
        atExpand()
            .patch("metadata: {annotations: {schemaversion.dev/verify: now}}")
            .settle()
            .starts();
    assertThat(verifying.activeJob().step()).isEqualTo(Step.VERIFY);

    var restored =
        verifying.ends(RunnerReports.verified("mitaka02", RunnerReports.schemaOf("mitaka02")));

    assertThat(Decide.next(restored.observed()).status().version()).isNull();
    assertThat(Decide.next(restored.observed()).status().reached()).isNull();
  }

  @ParameterizedTest(name = "half applied at {0}")
  @ValueSource(strings = {"2024_1_expand01", "2024_1_contract01"})
  void aHalfAppliedSyncHoldsWhatDoesNotCoverItsTarget(String version) {
    var inDoubt =
        atExpand()
            .patch(TO_CONTRACT)
            .settle()
            .starts()
            .ends(
                RunnerReports.with(
                    RunnerReports.failed(Step.SYNC, Outcome.HALF_APPLIED, version, 0),
                    RunnerReports.schema("half"),
                    null))
            .settle();

    assertThat(inDoubt.status().target()).isEqualTo("2024_1_contract01");
    assertThat(inDoubt.status().version()).isEqualTo("2024_1_expand01");
    assertThat(verdict(inDoubt, "liberty", "2024_1_expand01").satisfied()).isFalse();
    assertThat(verdict(inDoubt, "liberty", "2025_1").satisfied()).isTrue();
  }

  @Test
  void aTargetThatIsNoLongerInTheListHoldsEveryMaximum() {
    var inDoubt =
        atExpand()
            .patch(TO_CONTRACT)
            .settle()
            .starts()
            .dies("OOMKilled", 137)
            .settle()
            .patch(
                "spec: {version: 2025_1, migrations: {command: {versions: [liberty, 2024_1_expand01, 2025_1]}}}")
            .settle();

    assertThat(inDoubt.status().target()).isEqualTo("2024_1_contract01");
    assertThat(inDoubt.status().ahead()).isNull();
    assertThat(verdict(inDoubt, "liberty", "2025_1").satisfied()).isFalse();
    assertThat(verdict(inDoubt, "liberty", null).satisfied()).isTrue();
  }

  @Test
  void aWorkloadWithAnUnknownNameIsListedAsHeld() {
    var held =
        atExpand()
            .workloads(List.of(new Workload("Deployment", "api", needs("liberty", "2025_2"), true)))
            .settle()
            .later(Duration.ofMinutes(1))
            .settle();

    assertThat(held.status().workloads())
        .singleElement()
        .satisfies(
            workload -> {
              assertThat(workload.verdict()).isEqualTo("MaxVersionInvalid");
              assertThat(workload.needs()).isEqualTo("liberty-2025_2");
            });
  }
}
