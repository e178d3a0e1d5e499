package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.proven;
import static dev.schemaversion.decide.DecisionText.ready;
import static dev.schemaversion.decide.DriftFixtures.CHANGED;
import static dev.schemaversion.decide.DriftFixtures.looking;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.failed;
import static dev.schemaversion.decide.SimulatedClusters.proved;
import static dev.schemaversion.decide.SimulatedClusters.refuted;
import static dev.schemaversion.decide.SimulatedClusters.schema;
import static dev.schemaversion.decide.SimulatedClusters.schemaOf;
import static dev.schemaversion.decide.SimulatedClusters.seen;
import static dev.schemaversion.decide.SimulatedClusters.synced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A sync that finds another schema than the one that was proven. */
class SyncAfterDriftTest {
  @Test
  void driftFoundByASyncIsWatchedAndTheSyncGoesOnWhenItIsUndone() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var refused = higher.ends(refuted(Step.SYNC, Outcome.DRIFTED, "13", CHANGED)).settle();

    assertThat(ready(refused)).isEqualTo("False Drifted");
    assertThat(refused.status().version()).isEqualTo("13");
    assertThat(refused.jobs()).noneMatch(ObservedJob::active);

    var undone = looking(refused).ends(seen(schemaOf("13"))).settle();
    assertThat(undone.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(undone.activeJob().attempt()).isEqualTo(2);
    assertThat(ready(undone.ends(synced("14", 1)).settle())).isEqualTo("True AtVersion");
  }

  @Test
  void aSyncThatNeedsAProofGetsOneAndGoesOnAtOnce() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var needed =
        higher.ends(
            SimulatedClusters.saying(
                failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("restored"), null));

    assertThat(needed.settle().activeJob().step()).isEqualTo(Step.PROVE);
    var proven = needed.settle().ends(proved("13")).settle();
    assertThat(proven.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(proven.activeJob().attempt()).isEqualTo(2);
  }

  @Test
  void aSyncThatNeedsOneProofAfterTheOtherWaits() {
    var needed =
        SimulatedClusters.saying(
            failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("restless"), null);
    var cluster = atThirteen().patch("spec: {version: '14'}").settle().ends(needed).settle();
    cluster = cluster.ends(proved("13")).settle().ends(needed).settle().ends(proved("13")).settle();

    assertThat(cluster.jobs()).noneMatch(ObservedJob::active);
    assertThat(cluster.next().lookAgain()).contains(Duration.ofSeconds(10));
    assertThat(cluster.later(Duration.ofSeconds(10)).settle().activeJob().step())
        .isEqualTo(Step.SYNC);
  }

  @Test
  void aProofThatASyncNeedsAndThatIsRefusedStopsTheSync() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var needed =
        higher.ends(
            SimulatedClusters.saying(
                failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), CHANGED, null));
    var refused =
        needed.settle().ends(refuted(Step.PROVE, Outcome.DRIFTED, "13", CHANGED)).settle();

    assertThat(ready(refused)).isEqualTo("False Drifted");
    assertThat(refused.condition(ConditionType.Stalled).getStatus()).isEqualTo("True");
    assertThat(refused.later(Duration.ofMinutes(10)).next().actions()).isEmpty();
  }
}
