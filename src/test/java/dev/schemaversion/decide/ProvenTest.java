package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.condition;
import static dev.schemaversion.decide.RunnerReports.claimed;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.proof;
import static dev.schemaversion.decide.RunnerReports.proved;
import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.RunnerReports.with;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.baselined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A version is recorded only if it is proven. */
class ProvenTest {
  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"Different", "Unprovable"})
  void aSuccessWithoutAValidProofIsAnInternalError(Verdict verdict) {
    for (var report : List.of(claimed("9"), synced("13", 13), proved("13"))) {
      var step = report.step();
      var cluster =
          switch (step) {
            case BASELINE -> applied().settle();
            case SYNC -> baselined();
            default ->
                DriftFixtures.verifying(atThirteen())
                    .ends(RunnerReports.verified(schema("x")))
                    .settle();
          };
      var ended = cluster.ends(with(report, schemaOf("13"), proof(verdict, "13"))).settle();

      assertThat(condition(ended, ConditionType.Ready)).isEqualTo("False InternalError");
      assertThat(ended.status().synced() == null || step == Step.PROVE).isTrue();
    }
  }

  @Test
  void aProofOfAnotherVersionProvesNothing() {
    var other = with(synced("13", 13), schemaOf("12"), proof(Verdict.Equal, "12"));
    var cluster = baselined().ends(other).settle();

    assertThat(condition(cluster, ConditionType.Ready)).isEqualTo("False InternalError");
    assertThat(cluster.status().version()).isNull();
  }

  @Test
  void anotherSpellingOfTheVersionIsProven() {
    var same = with(synced("13", 13), schemaOf("13"), proof(Verdict.Equal, "013"));

    assertThat(condition(baselined().ends(same).settle(), ConditionType.Ready))
        .isEqualTo("True AtVersion");
  }

  @Test
  void aContradictedResultWithdrawsTheVersion() {
    var contradicted =
        synced("14", 1)
            .with()
            .outcome(Outcome.RESULT_CONTRADICTED)
            .message("the result is another")
            .schema(schema("odd"))
            .proof(proof(Verdict.Different, "14"))
            .build();
    var cluster = atThirteen().patch("spec: {version: '14'}").settle().ends(contradicted).settle();

    assertThat(cluster.status().version()).isNull();
    assertThat(cluster.status().synced()).isNull();
    assertThat(condition(cluster, ConditionType.Proven)).isEqualTo("False ResultContradicted");
    assertThat(
            JobRequests.proofs(cluster.migrations(SimulatedClusters.OTHER_MIGRATIONS).settle())
                .known())
        .isNull();
  }

  @Test
  void aSyncThatContradictsTheHistoryWithdrawsTheVersion() {
    var refused = refuted(Step.SYNC, Outcome.HISTORY_CONTRADICTED, "13", schema("auto-created"));
    var cluster = atThirteen().patch("spec: {version: '14'}").settle().ends(refused).settle();

    assertThat(cluster.status().version()).isNull();
  }

  @Test
  void migrationsOfAFailedSyncCountOnlyIfTheyAreProven() {
    var failed = failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11);
    var unproven = with(failed, null, null);

    assertThat(baselined().ends(failed).settle().status().version()).isEqualTo("11");
    assertThat(baselined().ends(unproven).settle().status().version()).isNull();
    var higher = atThirteen().patch("spec: {version: '15'}").settle();
    var half = with(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "14", 1), null, null);
    assertThat(higher.ends(half).settle().status().version()).isNull();
  }

  @Test
  void migrationsOfAFailedSyncAreProvenAtOnceAndTheFailureStays() {
    var higher = atThirteen().patch("spec: {version: '15'}").settle();
    var half = with(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "14", 1), null, null);
    var proving = higher.ends(half).settle();

    assertThat(proving.activeJob().step()).isEqualTo(Step.PROVE);
    var proven = proving.ends(proved("14")).settle();
    assertThat(proven.status().version()).isEqualTo("14");
    assertThat(condition(proven, ConditionType.Stalled)).isEqualTo("True MigrationFailed");
    assertThat(proven.jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void aFailedRehearsalKeepsTheProof() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var failed = higher.ends(failed(Step.SYNC, Outcome.REHEARSAL_FAILED)).settle();

    assertThat(failed.status().version()).isEqualTo("13");
    assertThat(condition(failed, ConditionType.Proven)).isEqualTo("True Proven");
    assertThat(condition(failed.patch("spec: {version: '13'}").settle(), ConditionType.Ready))
        .isEqualTo("True AtVersion");
  }

  @ParameterizedTest
  @CsvSource({
    "'spec: {proof: {mode: OnBaseline}}'",
    "'spec: {proof: {ignore: [\"* public.tmp_*\"]}}'",
    "'spec: {baseline: {acceptDifference: \"sha256:00\"}}'"
  })
  void aChangedInputOfTheProofStartsASync(String change) {
    assertThat(atThirteen().patch(change).settle().activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void aChangedScratchImageStartsNoJob() {
    var changed = atThirteen().patch("spec: {proof: {scratch: {image: mirror/postgres:17}}}");

    assertThat(changed.settle().jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void theNextRequestContainsTheLastProvenSchema() {
    var known = JobRequests.proofs(atThirteen().patch("spec: {version: '14'}").settle()).known();

    assertThat(known.version()).isEqualTo("13");
    assertThat(known.schema()).isEqualTo(schemaOf("13"));
  }
}
