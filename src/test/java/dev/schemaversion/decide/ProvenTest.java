package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.said;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.baselined;
import static dev.schemaversion.decide.SimulatedClusters.claimed;
import static dev.schemaversion.decide.SimulatedClusters.failed;
import static dev.schemaversion.decide.SimulatedClusters.proof;
import static dev.schemaversion.decide.SimulatedClusters.proved;
import static dev.schemaversion.decide.SimulatedClusters.refuted;
import static dev.schemaversion.decide.SimulatedClusters.saying;
import static dev.schemaversion.decide.SimulatedClusters.schema;
import static dev.schemaversion.decide.SimulatedClusters.schemaOf;
import static dev.schemaversion.decide.SimulatedClusters.synced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A version is recorded only where it is proven. */
class ProvenTest {
  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"Different", "Unprovable"})
  void aSuccessWithoutAProofThatHoldsIsAFault(Verdict verdict) {
    for (var report : List.of(claimed("9"), synced("13", 13), proved("13"))) {
      var step = report.step();
      var cluster =
          switch (step) {
            case BASELINE -> applied().settle();
            case SYNC -> baselined();
            default ->
                DriftFixtures.looking(atThirteen())
                    .ends(SimulatedClusters.seen(schema("x")))
                    .settle();
          };
      var ended = cluster.ends(saying(report, schemaOf("13"), proof(verdict, "13"))).settle();

      assertThat(said(ended, ConditionType.Ready)).isEqualTo("False InternalError");
      assertThat(ended.status().synced() == null || step == Step.PROVE).isTrue();
    }
  }

  @Test
  void aProofOfAnotherVersionProvesNothing() {
    var other = saying(synced("13", 13), schemaOf("12"), proof(Verdict.Equal, "12"));
    var cluster = baselined().ends(other).settle();

    assertThat(said(cluster, ConditionType.Ready)).isEqualTo("False InternalError");
    assertThat(cluster.status().version()).isNull();
  }

  @Test
  void theSameVersionWrittenOtherwiseIsProven() {
    var same = saying(synced("13", 13), schemaOf("13"), proof(Verdict.Equal, "013"));

    assertThat(said(baselined().ends(same).settle(), ConditionType.Ready))
        .isEqualTo("True AtVersion");
  }

  @Test
  void aContradictedResultLeavesNoVersion() {
    var contradicted =
        new Report(
            Step.SYNC,
            Outcome.RESULT_CONTRADICTED,
            "the result is another",
            "14",
            null,
            1,
            SimulatedClusters.MIGRATIONS,
            SimulatedClusters.DATABASE,
            "17.2",
            null,
            schema("odd"),
            proof(Verdict.Different, "14"),
            null);
    var cluster = atThirteen().patch("spec: {version: '14'}").settle().ends(contradicted).settle();

    assertThat(cluster.status().version()).isNull();
    assertThat(cluster.status().synced()).isNull();
    assertThat(said(cluster, ConditionType.Proven)).isEqualTo("False ResultContradicted");
    assertThat(
            JobRequests.proofs(cluster.migrations(SimulatedClusters.OTHER_MIGRATIONS).settle())
                .known())
        .isNull();
  }

  @Test
  void aSyncThatFindsTheHistoryContradictedLeavesNoVersion() {
    var refused = refuted(Step.SYNC, Outcome.HISTORY_CONTRADICTED, "13", schema("auto-created"));
    var cluster = atThirteen().patch("spec: {version: '14'}").settle().ends(refused).settle();

    assertThat(cluster.status().version()).isNull();
  }

  @Test
  void whatAFailedSyncCommittedCountsOnlyIfItIsProven() {
    var failed = failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11);
    var unproven = saying(failed, null, null);

    assertThat(baselined().ends(failed).settle().status().version()).isEqualTo("11");
    assertThat(baselined().ends(unproven).settle().status().version()).isNull();
    var higher = atThirteen().patch("spec: {version: '15'}").settle();
    var half = saying(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "14", 1), null, null);
    assertThat(higher.ends(half).settle().status().version()).isNull();
  }

  @Test
  void whatAFailedSyncCommittedIsProvenAtOnceAndTheFailureStands() {
    var higher = atThirteen().patch("spec: {version: '15'}").settle();
    var half = saying(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "14", 1), null, null);
    var proving = higher.ends(half).settle();

    assertThat(proving.activeJob().step()).isEqualTo(Step.PROVE);
    var proven = proving.ends(proved("14")).settle();
    assertThat(proven.status().version()).isEqualTo("14");
    assertThat(said(proven, ConditionType.Stalled)).isEqualTo("True MigrationFailed");
    assertThat(proven.jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void aRehearsalThatFailsLeavesWhatIsProven() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var failed = higher.ends(failed(Step.SYNC, Outcome.REHEARSAL_FAILED)).settle();

    assertThat(failed.status().version()).isEqualTo("13");
    assertThat(said(failed, ConditionType.Proven)).isEqualTo("True Proven");
    assertThat(said(failed.patch("spec: {version: '13'}").settle(), ConditionType.Ready))
        .isEqualTo("True AtVersion");
  }

  @ParameterizedTest
  @CsvSource({
    "'spec: {proof: {mode: OnBaseline}}'",
    "'spec: {proof: {ignore: [\"* public.tmp_*\"]}}'",
    "'spec: {baseline: {acceptDifference: \"sha256:00\"}}'"
  })
  void whatAProofDependsOnMakesASyncThatProves(String change) {
    assertThat(atThirteen().patch(change).settle().activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void theScratchImageAloneMakesNoJob() {
    var changed = atThirteen().patch("spec: {proof: {scratch: {image: mirror/postgres:17}}}");

    assertThat(changed.settle().jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void theNextJobIsToldWhatIsKnown() {
    var known = JobRequests.proofs(atThirteen().patch("spec: {version: '14'}").settle()).known();

    assertThat(known.version()).isEqualTo("13");
    assertThat(known.schema()).isEqualTo(schemaOf("13"));
  }
}
