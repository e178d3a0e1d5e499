package dev.schemaversion.decide;

import static dev.schemaversion.decide.JobRequests.knownState;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.UpgradeFixtures.AN_HOUR;
import static dev.schemaversion.decide.UpgradeFixtures.released;
import static dev.schemaversion.decide.UpgradeFixtures.syncing;
import static dev.schemaversion.decide.UpgradeFixtures.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.desired.KnownState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A half-applied script stalls the sync until a user repairs it or changes the spec. */
class HalfAppliedScriptTest {
  private static final Report HALF_APPLIED =
      refuted(Step.SYNC, Outcome.HALF_APPLIED, "13", schema("between 13 and 14"));

  @Test
  void aHalfAppliedScriptStallsUntilAUserChangesSomething() {
    var half = syncing().ends(HALF_APPLIED).settle();

    assertThat(half.condition(ConditionType.Stalled).getReason()).isEqualTo("HalfApplied");
    assertThat(half.condition(ConditionType.Proven).getStatus()).isEqualTo("False");
    assertThat(half.condition(ConditionType.Proven).getMessage())
        .contains("schemaversion.dev/retry", "+ trigger audit")
        .doesNotContain("acceptDifference");
    assertThat(half.later(Duration.ofDays(30)).next().actions()).isEmpty();
    for (var changed :
        List.of(
            half.patch("spec: {migrations: {flyway: {outOfOrder: true}}}"),
            half.migrations(SimulatedClusters.MIGRATIONS))) {
      assertThat(knownState(changed).afterLost()).isTrue();
    }
    assertThat(knownState(half.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}")))
        .as("a person has seen to it")
        .extracting(KnownState::afterLost)
        .isEqualTo(false);
  }

  @Test
  void aRetryConfirmsOneRepairOnly() {
    var again = "metadata: {annotations: {schemaversion.dev/retry: '%d'}}";
    var twice =
        syncing()
            .ends(HALF_APPLIED)
            .settle()
            .patch(again.formatted(1))
            .settle()
            .ends(HALF_APPLIED)
            .settle();

    assertThat(twice.next().actions()).isEmpty();
    assertThat(knownState(twice.migrations(SimulatedClusters.MIGRATIONS)).afterLost()).isTrue();
    assertThat(knownState(twice.patch(again.formatted(2))).afterLost()).isFalse();
  }

  @Test
  void aRepairOfWhatAMigrationToolLeftIsProven() {
    var half =
        SimulatedClusters.atExpand()
            .patch("spec: {version: 2024_1_contract01}")
            .settle()
            .starts()
            .ends(refuted(Step.SYNC, Outcome.HALF_APPLIED, "2024_1_expand01", schema("in between")))
            .settle();

    assertThat(half.condition(ConditionType.Stalled).getReason()).isEqualTo("HalfApplied");
    assertThat(knownState(half.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}")))
        .extracting(KnownState::afterLost)
        .isEqualTo(true);
  }

  @ParameterizedTest(name = "a workload that runs on {0} to {1}: {2}")
  @CsvSource(
      nullValues = "none",
      value = {
        "13, 13, VersionTooHigh",
        "13, 13.5, VersionTooHigh",
        "13, 14, RolloutReleased",
        "9, 15, RolloutReleased",
        "13, none, RolloutReleased",
        "14, 14, VersionTooLow",
        "14, none, VersionTooLow",
      })
  void afterAHalfAppliedScriptOnlyWorkloadsForBothVersionsAreReleased(
      String min, String max, Reason reason) {
    var half = syncing().ends(HALF_APPLIED).settle();

    assertThat(verdict(half, min, max).reason()).isEqualTo(reason);
    assertThat(verdict(half.patch("spec: {version: '13'}").settle(), min, max).reason())
        .isEqualTo(reason);
  }

  @Test
  void aHalfAppliedScriptAfterCommittedOnesKeepsTheProvenVersion() {
    var half =
        syncing().ends(refuted(Step.SYNC, Outcome.HALF_APPLIED, "13.5", schema("x"))).settle();

    assertThat(half.status().version()).isEqualTo("13");
    assertThat(half.status().target()).isEqualTo("14");
  }

  @Test
  void aHalfAppliedScriptOnAnOlderBackupWithdrawsTheVersion() {
    var half = syncing().ends(refuted(Step.SYNC, Outcome.HALF_APPLIED, "12", schema("x"))).settle();

    assertThat(half.status().version()).isNull();
  }

  @Test
  void aProofAlsoReportsAHalfAppliedScript() {
    var proving =
        syncing()
            .dies(null, null)
            .settle()
            .later(AN_HOUR)
            .settle()
            .starts()
            .ends(
                RunnerReports.with(
                    failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("x"), null))
            .settle()
            .starts()
            .ends(refuted(Step.PROVE, Outcome.HALF_APPLIED, "13", schema("x")))
            .settle();

    assertThat(proving.status().interruptedSync().reason()).isEqualTo("HalfApplied");
    assertThat(proving.condition(ConditionType.Stalled).getReason()).isEqualTo("HalfApplied");
    assertThat(released(proving, "13", "13")).isFalse();
    assertThat(released(proving, "13", "14")).isTrue();
  }

  @Test
  void aHalfAppliedScriptOfUnknownOriginWithdrawsTheVersion() {
    var verified =
        atThirteen()
            .patch("spec: {approval: Manual, version: '14'}")
            .settle()
            .starts()
            .ends(refuted(Step.PLAN, Outcome.HALF_APPLIED, "13", schema("x")))
            .settle();

    assertThat(verified.status().version()).isNull();
  }
}
