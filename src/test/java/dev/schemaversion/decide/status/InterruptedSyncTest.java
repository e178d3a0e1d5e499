package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.JobRequests.given;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.failed;
import static dev.schemaversion.decide.SimulatedClusters.proved;
import static dev.schemaversion.decide.SimulatedClusters.schema;
import static dev.schemaversion.decide.SimulatedClusters.synced;
import static dev.schemaversion.decide.UpgradeFixtures.AN_HOUR;
import static dev.schemaversion.decide.UpgradeFixtures.begun;
import static dev.schemaversion.decide.UpgradeFixtures.higher;
import static dev.schemaversion.decide.UpgradeFixtures.syncing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.InterruptedSyncStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.JobFixtures;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import dev.schemaversion.desired.KnownState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What leaves it in doubt what a sync has done, and what ends the doubt. */
class InterruptedSyncTest {
  @Test
  void itIsRecordedBeforeTheJobIsMade() {
    var decision = higher().next();

    assertThat(decision.actions()).anyMatch(Action.CreateJob.class::isInstance);
    assertThat(decision.status().interruptedSync().target()).isEqualTo("14");
    assertThat(decision.status().interruptedSync().reason()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LOCK_BUSY",
        "INTERRUPTED",
        "DATABASE_UNREACHABLE",
        "MIGRATION_FAILED",
        "OUT_OF_ORDER"
      })
  void aRunThatSaysWhatItHasDoneLeavesNoDoubt(Outcome outcome) {
    var ended = syncing().ends(failed(Step.SYNC, outcome)).settle();

    assertThat(ended.status().interruptedSync()).isNull();
    assertThat(ended.status().target()).isNull();
    assertThat(retried(ended).afterLost()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCK_BUSY", "INTERRUPTED", "DATABASE_UNREACHABLE"})
  void aRunThatDidNotGetToProvingLeavesTheDoubtThatWas(Outcome outcome) {
    var doubted = syncing().dies("OOMKilled", 137).settle().later(AN_HOUR).settle().starts();
    var still = doubted.ends(failed(Step.SYNC, outcome)).settle();

    assertThat(still.status().interruptedSync().reason()).isEqualTo(Reason.RunnerLost.name());
    assertThat(still.status().target()).isEqualTo("14");
    assertThat(retried(still).afterLost()).isTrue();
  }

  @Test
  void tenAttemptsLaterItIsNotForgotten() {
    var cluster = syncing().dies("OOMKilled", 137).settle();
    for (int i = 0; i < 12; i++) {
      cluster = cluster.later(AN_HOUR).settle().ends(failed(Step.SYNC, Outcome.LOCK_BUSY)).settle();
    }

    assertThat(given(cluster.later(AN_HOUR)).afterLost()).isTrue();
  }

  @Test
  void aRetryWhileNobodyHasLookedYetDoesNotSayThatAllIsWell() {
    var doubted = syncing().dies("OOMKilled", 137).settle();

    assertThat(given(doubted.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}")))
        .extracting(KnownState::afterLost)
        .isEqualTo(true);
  }

  @Test
  void aRehearsalThatFailsHasProvenWhatIsThere() {
    var doubted = syncing().dies("OOMKilled", 137).settle().later(AN_HOUR).settle().starts();
    var proven =
        doubted
            .ends(
                SimulatedClusters.saying(
                    failed(Step.SYNC, Outcome.REHEARSAL_FAILED, "13", 0),
                    SimulatedClusters.schemaOf("13"),
                    SimulatedClusters.proof(Proof.Verdict.Equal, "13")))
            .settle();

    assertThat(proven.status().interruptedSync()).isNull();
    assertThat(proven.status().target()).isNull();
  }

  @Test
  void aProofOnTheScratchServerSaysWhereTheDatabaseIs() {
    var asking = syncing().ends(failed(Step.SYNC, Outcome.CONNECTION_LOST)).settle().later(AN_HOUR);
    var proving =
        asking
            .settle()
            .starts()
            .ends(
                SimulatedClusters.saying(
                    failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("x"), null))
            .settle();
    assertThat(proving.activeJob().step()).isEqualTo(Step.PROVE);
    assertThat(proving.status().interruptedSync())
        .extracting(InterruptedSyncStatus::reason)
        .isEqualTo("ConnectionLost");

    var proven = proving.starts().ends(proved("14")).settle();

    assertThat(proven.status().version()).isEqualTo("14");
    assertThat(proven.status().interruptedSync()).isNull();
    assertThat(proven.status().target()).isNull();
  }

  @Test
  void theEndOfASyncBeforeItSaysNothingOfItWhereTheCacheDoesNotShowItYet() {
    var earlier = atThirteen().patch("spec: {version: '13.5'}").settle().activeJob();
    var unseen = begun().without(begun().activeJob());

    var cluster =
        unseen
            .with(JobFixtures.ended(earlier, synced("13", 0), SimulatedClusters.NOW))
            .patch("spec: {version: '13'}");

    assertThat(cluster.next().status().interruptedSync()).isNotNull();
    assertThat(cluster.next().status().target()).isEqualTo("14");
  }

  private static KnownState retried(SimulatedCluster cluster) {
    return given(
        cluster.patch("metadata: {annotations: {schemaversion.dev/retry: again}}").later(AN_HOUR));
  }
}
