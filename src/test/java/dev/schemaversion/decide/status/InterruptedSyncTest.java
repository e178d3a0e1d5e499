package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.JobRequests.knownState;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.proved;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.UpgradeFixtures.AN_HOUR;
import static dev.schemaversion.decide.UpgradeFixtures.syncCreated;
import static dev.schemaversion.decide.UpgradeFixtures.syncing;
import static dev.schemaversion.decide.UpgradeFixtures.wantsFourteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.InterruptedSyncStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.JobFixtures;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import dev.schemaversion.desired.KnownState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The record of a sync whose result is unknown, and what clears it. */
class InterruptedSyncTest {
  @Test
  void aSyncIsRecordedBeforeItsJobIsCreated() {
    var decision = wantsFourteen().next();

    assertThat(decision.actions()).anyMatch(Action.CreateJob.class::isInstance);
    assertThat(decision.status().interruptedSync().target()).isEqualTo("14");
    assertThat(decision.status().interruptedSync().reason()).isNull();
  }

  @Test
  void aSyncWhoseJobWasNotCreatedDoesNotCountAsInterrupted() {
    var decision = wantsFourteen().next();
    var job = decision.status().interruptedSync().job();

    var again =
        wantsFourteen()
            .recording(InterruptedSync.withoutNeverCreated(decision.status(), job))
            .settle();

    assertThat(again.activeJob().name()).isEqualTo(job);
    assertThat(again.status().interruptedSync().reason()).isNull();
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
  void aReportedResultClearsTheRecord(Outcome outcome) {
    var ended = syncing().ends(failed(Step.SYNC, outcome)).settle();

    assertThat(ended.status().interruptedSync()).isNull();
    assertThat(ended.status().target()).isNull();
    assertThat(retried(ended).afterLost()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCK_BUSY", "INTERRUPTED", "DATABASE_UNREACHABLE"})
  void aRunWithoutAProofKeepsAnEarlierRecord(Outcome outcome) {
    var inDoubt = syncing().dies("OOMKilled", 137).settle().later(AN_HOUR).settle().starts();
    var still = inDoubt.ends(failed(Step.SYNC, outcome)).settle();

    assertThat(still.status().interruptedSync().reason()).isEqualTo(Reason.RunnerLost.name());
    assertThat(still.status().target()).isEqualTo("14");
    assertThat(retried(still).afterLost()).isTrue();
  }

  @Test
  void theRecordOutlivesTheHistory() {
    var cluster = syncing().dies("OOMKilled", 137).settle();
    for (int i = 0; i < 12; i++) {
      cluster = cluster.later(AN_HOUR).settle().ends(failed(Step.SYNC, Outcome.LOCK_BUSY)).settle();
    }

    assertThat(knownState(cluster.later(AN_HOUR)).afterLost()).isTrue();
  }

  @Test
  void aRetryBeforeAHalfAppliedScriptIsReportedConfirmsNothing() {
    var inDoubt = syncing().dies("OOMKilled", 137).settle();

    assertThat(knownState(inDoubt.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}")))
        .extracting(KnownState::afterLost)
        .isEqualTo(true);
  }

  @Test
  void aFailedRehearsalHasProvenTheVersion() {
    var inDoubt = syncing().dies("OOMKilled", 137).settle().later(AN_HOUR).settle().starts();
    var proven =
        inDoubt
            .ends(
                RunnerReports.with(
                    failed(Step.SYNC, Outcome.REHEARSAL_FAILED, "13", 0),
                    RunnerReports.schemaOf("13"),
                    RunnerReports.proof(Proof.Verdict.Equal, "13")))
            .settle();

    assertThat(proven.status().interruptedSync()).isNull();
    assertThat(proven.status().target()).isNull();
  }

  @Test
  void aProofClearsTheRecord() {
    var asking = syncing().ends(failed(Step.SYNC, Outcome.CONNECTION_LOST)).settle().later(AN_HOUR);
    var proving =
        asking
            .settle()
            .starts()
            .ends(
                RunnerReports.with(
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
  void theEndOfAnEarlierSyncKeepsTheRecordOfALaterOne() {
    var earlier = atThirteen().patch("spec: {version: '13.5'}").settle().activeJob();
    var unseen = syncCreated().without(syncCreated().activeJob());

    var cluster =
        unseen
            .with(JobFixtures.ended(earlier, synced("13", 0), SimulatedClusters.NOW))
            .patch("spec: {version: '13'}");

    assertThat(cluster.next().status().interruptedSync()).isNotNull();
    assertThat(cluster.next().status().target()).isEqualTo("14");
  }

  private static KnownState retried(SimulatedCluster cluster) {
    return knownState(
        cluster.patch("metadata: {annotations: {schemaversion.dev/retry: again}}").later(AN_HOUR));
  }
}
