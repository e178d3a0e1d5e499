package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.condition;
import static dev.schemaversion.decide.RunnerReports.claimed;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.proof;
import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.RunnerReports.with;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The result of a baseline: a version is recorded only if it is proven or accepted. */
class ProvenBaselineTest {
  private static final String ACCEPT =
      "spec: {baseline: {acceptDifference: 'sha256:%s'}}".formatted("d1".repeat(32));

  @ParameterizedTest
  @CsvSource({"CLAIM_REFUTED, False", "HISTORY_CONTRADICTED, False", "REPLAY_FAILED, Unknown"})
  void aRefusedBaselineRecordsTheDifferencesAndNoVersion(Outcome outcome, String status) {
    var refused = refuted(Step.BASELINE, outcome, "13", schema("auto-created"));
    var cluster = applied().settle().ends(refused).settle();

    assertThat(cluster.status().version()).isNull();
    assertThat(cluster.status().baseline()).isNull();
    assertThat(cluster.status().proof().first()).hasSize(2);
    assertThat(cluster.status().proof().digest()).isEqualTo("sha256:" + "d1".repeat(32));
    assertThat(condition(cluster, ConditionType.Proven)).isEqualTo(status + " " + outcome.reason());
    assertThat(condition(cluster, ConditionType.Ready)).isEqualTo("False " + outcome.reason());
    assertThat(cluster.condition(ConditionType.Proven).getMessage())
        .contains("acceptDifference: sha256:d1d1");
  }

  @Test
  void aDatabaseMayHaveAnotherVersionThanTheClaimedOne() {
    // It equals 9 and 10, but which of them it is only a person can know.
    var equal =
        with(failed(Step.BASELINE, Outcome.BASELINE_REQUIRED), schemaOf("9"), nineOrTen(Map.of()));
    var cluster = applied().settle().ends(equal).settle();

    assertThat(cluster.status().version()).isNull();
    assertThat(condition(cluster, ConditionType.Proven)).isEqualTo("Unknown BaselineRequired");
    assertThat(cluster.condition(ConditionType.Proven).getMessage())
        .contains("the schema equals 9, 10");
    assertThat(cluster.status().proof().equalVersions()).containsExactly("9", "10");
    assertThat(cluster.status().proof().reason()).isEqualTo("BaselineRequired");
  }

  @Test
  void aDatabaseThatEqualsNoVersionMayHaveTheNearest() {
    var near = proof(Verdict.Unprovable, null).with().nearest("9").nearestDifferences(1).build();
    var required = with(failed(Step.BASELINE, Outcome.BASELINE_REQUIRED), schemaOf("9"), near);
    var cluster = applied().settle().ends(required).settle();

    assertThat(cluster.status().proof().nearest()).isEqualTo("9");
    assertThat(cluster.condition(ConditionType.Proven).getMessage())
        .contains("the nearest version is 9, from which 1 object differs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0"})
  void versionZeroIsAVersionFromWhichAllMigrationsRun(String zero) {
    var cluster =
        applied()
            .patch("spec: {baseline: {version: '%s'}}".formatted(zero))
            .settle()
            .ends(with(claimed(zero), schemaOf("0"), proof(Verdict.Equal, zero)))
            .settle();

    assertThat(cluster.status().version()).isEqualTo(zero);
    assertThat(condition(cluster, ConditionType.Baselined)).isEqualTo("True Proven");
    assertThat(condition(cluster, ConditionType.Proven)).isEqualTo("True Proven");
    assertThat(cluster.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(cluster.status().target()).isEqualTo("13");
    assertThat(JobRequests.proofs(cluster).known().version()).isEqualTo(zero);

    var there = cluster.ends(synced("13", 13)).settle();
    assertThat(there.status().version()).isEqualTo("13");
  }

  @Test
  void theMessageNamesAllEqualVersions() {
    var both = with(claimed("9"), schemaOf("9"), nineOrTen(Map.of("* public.tmp_*", 2)));
    var cluster = applied().settle().ends(both).settle();

    assertThat(cluster.status().version()).isEqualTo("9");
    assertThat(cluster.status().proof().equalVersions()).containsExactly("9", "10");
    assertThat(cluster.status().proof().ignored()).containsEntry("* public.tmp_*", 2);
    assertThat(cluster.condition(ConditionType.Proven).getMessage())
        .isEqualTo("the schema equals 9, 10, proven at 2026-03-01T12:00:00Z");
  }

  @Test
  void anAcceptedDifferenceStartsABaselineAndIsRecorded() {
    var refused = refuted(Step.BASELINE, Outcome.CLAIM_REFUTED, "9", schema("auto-created"));
    var accepting =
        applied()
            .patch("spec: {baseline: {version: '9'}}")
            .settle()
            .ends(refused)
            .settle()
            .patch(ACCEPT)
            .settle();
    assertThat(accepting.activeJob().step()).isEqualTo(Step.BASELINE);

    var accepted =
        accepting
            .ends(accepted(claimed("9"), new Report.Baseline(BaselineSource.ACCEPTED, "9")))
            .settle();
    assertThat(accepted.status().version()).isEqualTo("9");
    assertThat(condition(accepted, ConditionType.Proven)).isEqualTo("True Accepted");
    assertThat(condition(accepted, ConditionType.Baselined)).isEqualTo("True Accepted");
    assertThat(JobRequests.proofs(accepted).accepted())
        .containsExactly("00112233445566aa", "00112233445566bb");

    assertThat(
            JobRequests.proofs(
                accepted.patch("spec: {baseline: {acceptDifference: null}}").settle()))
        .as("taken out of the spec, it is accepted no more, and the runner sees that it was")
        .satisfies(
            proofs -> {
              assertThat(proofs.acceptDifference()).isNull();
              assertThat(proofs.accepted()).containsExactly("00112233445566aa", "00112233445566bb");
            });
  }

  @Test
  void anAcceptanceOutlivesASyncThatCarriesTheProof() {
    var there =
        applied()
            .patch(ACCEPT)
            .settle()
            .ends(accepted(claimed("9"), new Report.Baseline(BaselineSource.ACCEPTED, "9")))
            .settle()
            .ends(with(synced("13", 4), schemaOf("13"), proof(Verdict.Carried, "13")))
            .settle();

    assertThat(condition(there, ConditionType.Ready)).isEqualTo("True AtVersion");
    assertThat(there.status().proof().accepted()).hasSize(2);
    assertThat(there.condition(ConditionType.Proven).getMessage())
        .startsWith("the schema was proven, and only migrations have changed it since");
  }

  private static Report accepted(Report report, Report.Baseline baseline) {
    return report
        .with()
        .baseline(baseline)
        .migrationsApplied(0)
        .schema(schema("auto-created"))
        .proof(proof(Verdict.Accepted, report.version()))
        .build();
  }

  /** Equal to 9, and to 10 as well. */
  private static Proof nineOrTen(Map<String, Integer> ignored) {
    return new Proof(
        Verdict.Equal,
        "9",
        null,
        List.of("9", "10"),
        null,
        null,
        0,
        null,
        null,
        null,
        ignored,
        null,
        null);
  }
}
