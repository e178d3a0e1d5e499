package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.proven;
import static dev.schemaversion.decide.DecisionText.ready;
import static dev.schemaversion.decide.DriftFixtures.CHANGED;
import static dev.schemaversion.decide.DriftFixtures.verifying;
import static dev.schemaversion.decide.JobRequests.knownState;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.proved;
import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.RunnerReports.verified;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.UpgradeFixtures.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A sync that finds another schema than the proven one. */
class SyncAfterDriftTest {
  @Test
  void afterDriftFoundByASyncTheSyncRunsOnceTheDriftIsUndone() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var refused = higher.ends(refuted(Step.SYNC, Outcome.DRIFTED, "13", CHANGED)).settle();

    assertThat(ready(refused)).isEqualTo("False Drifted");
    assertThat(refused.status().version()).isEqualTo("13");
    assertThat(refused.jobs()).noneMatch(ObservedJob::active);

    var undone = verifying(refused).ends(verified(schemaOf("13"))).settle();
    assertThat(undone.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(undone.activeJob().attempt()).isEqualTo(2);
    assertThat(ready(undone.ends(synced("14", 1)).settle())).isEqualTo("True AtVersion");
  }

  @Test
  void aSyncThatNeedsAProofRunsRightAfterIt() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var needed =
        higher.ends(
            RunnerReports.with(
                failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("restored"), null));

    assertThat(needed.settle().activeJob().step()).isEqualTo(Step.PROVE);
    var proven = needed.settle().ends(proved("13")).settle();
    assertThat(proven.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(proven.activeJob().attempt()).isEqualTo(2);
  }

  @Test
  void aSyncThatNeedsProofsRepeatedlyBacksOff() {
    var needed =
        RunnerReports.with(
            failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("restless"), null);
    var cluster = atThirteen().patch("spec: {version: '14'}").settle().ends(needed).settle();
    cluster = cluster.ends(proved("13")).settle().ends(needed).settle().ends(proved("13")).settle();

    assertThat(cluster.jobs()).noneMatch(ObservedJob::active);
    assertThat(cluster.next().requeueAfter()).contains(Duration.ofSeconds(10));
    assertThat(cluster.later(Duration.ofSeconds(10)).settle().activeJob().step())
        .isEqualTo(Step.SYNC);
  }

  @Test
  void aRefusedProofStallsTheSync() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var needed =
        higher.ends(
            RunnerReports.with(failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), CHANGED, null));
    var refused =
        needed.settle().ends(refuted(Step.PROVE, Outcome.DRIFTED, "13", CHANGED)).settle();

    assertThat(ready(refused)).isEqualTo("False Drifted");
    assertThat(refused.condition(ConditionType.Stalled).getStatus()).isEqualTo("True");
    assertThat(refused.later(Duration.ofMinutes(10)).next().actions()).isEmpty();
  }

  /** Callbacks may have dropped what others create again, before a migration waited for a lock. */
  @Test
  void aSyncThatWithdrawsTheProofReleasesNothingAndTheNextOneProvesFromTheStart() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var withdrawn =
        RunnerReports.with(
            failed(Step.SYNC, Outcome.LOCK_TIMEOUT, "13", 0),
            schema("without its views"),
            ProofBuilder.builder().verdict(Verdict.Unprovable).version("13").build());

    var failed = higher.ends(withdrawn).settle();
    var next = failed.later(Duration.ofHours(1)).settle();

    assertThat(released(failed, "13", null)).isFalse();
    assertThat(next.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(knownState(failed.later(Duration.ofHours(1))).known()).isNull();
    assertThat(ready(next.ends(synced("14", 1)).settle())).isEqualTo("True AtVersion");
  }
}
