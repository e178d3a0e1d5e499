package dev.schemaversion.decide;

import static dev.schemaversion.decide.JobRequests.knownState;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.UpgradeFixtures.AN_HOUR;
import static dev.schemaversion.decide.UpgradeFixtures.released;
import static dev.schemaversion.decide.UpgradeFixtures.syncCreated;
import static dev.schemaversion.decide.UpgradeFixtures.syncing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.desired.KnownState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sync from 13 to 14 whose result is unknown, for each possible cause. */
class UnknownSyncResultTest {
  static Stream<Arguments> lost() {
    var ended =
        Stream.of(
            Arguments.of("killed", waited(syncing().dies("OOMKilled", 137))),
            Arguments.of("its node failed", waited(syncing().dies(null, null))),
            Arguments.of(
                "cut off", waited(syncing().ends(failed(Step.SYNC, Outcome.CONNECTION_LOST)))),
            Arguments.of(
                "the connection broke after a migration",
                waited(syncing().ends(failed(Step.SYNC, Outcome.CONNECTION_LOST, "13.5", 1)))),
            Arguments.of(
                "a defect ended the runner",
                waited(syncing().ends(failed(Step.SYNC, Outcome.INTERNAL_ERROR)))
                    .patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}")));
    var deleted =
        Stream.of(
            Arguments.of(
                "a user deleted the Job", syncing().settle().without(syncing().activeJob())),
            Arguments.of(
                "a user deleted the Job before the operator saw it run",
                syncCreated().without(syncCreated().activeJob())));
    return Stream.concat(ended, deleted);
  }

  private static SimulatedCluster waited(SimulatedCluster cluster) {
    return cluster.settle().later(AN_HOUR);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void theNextRunProvesFirst(String cause, SimulatedCluster cluster) {
    assertThat(knownState(cluster)).extracting(KnownState::afterLost).isEqualTo(true);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void theGateTakesBothVersionsIntoAccountUntilAProof(String cause, SimulatedCluster cluster) {
    var next = cluster.settle().later(AN_HOUR).settle();

    for (var at : List.of(cluster.settle(), next, next.starts().settle())) {
      assertThat(at.status().version()).isEqualTo("13");
      assertThat(released(at, "13", "13")).isFalse();
      assertThat(released(at, "13", "14")).isTrue();
      assertThat(released(at, "14", null)).isFalse();
    }
    var known = next.starts().ends(synced("14", 1)).settle();
    assertThat(known.status().interruptedSync()).isNull();
    assertThat(known.status().target()).isNull();
    assertThat(released(known, "14", null)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void revertingToTheRecordedVersionIsNotReadyBeforeAnotherRun(
      String cause, SimulatedCluster cluster) {
    var back = cluster.settle().patch("spec: {version: '13'}").later(AN_HOUR).settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(back.status().target()).as("it may be at 14").isEqualTo("14");
    var asked = back.starts().ends(synced("13", 0)).settle();
    assertThat(asked.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(asked.status().target()).isNull();
  }
}
