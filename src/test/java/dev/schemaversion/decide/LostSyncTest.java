package dev.schemaversion.decide;

import static dev.schemaversion.decide.JobRequests.given;
import static dev.schemaversion.decide.SimulatedClusters.failed;
import static dev.schemaversion.decide.SimulatedClusters.synced;
import static dev.schemaversion.decide.UpgradeFixtures.AN_HOUR;
import static dev.schemaversion.decide.UpgradeFixtures.begun;
import static dev.schemaversion.decide.UpgradeFixtures.released;
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

/** A sync from 13 to 14 of which nobody knows what it has done, in each way that there is. */
class LostSyncTest {
  static Stream<Arguments> lost() {
    var ended =
        Stream.of(
            Arguments.of("killed", waited(syncing().dies("OOMKilled", 137))),
            Arguments.of("gone with its node", waited(syncing().dies(null, null))),
            Arguments.of(
                "cut off", waited(syncing().ends(failed(Step.SYNC, Outcome.CONNECTION_LOST)))),
            Arguments.of(
                "cut off after a migration",
                waited(syncing().ends(failed(Step.SYNC, Outcome.CONNECTION_LOST, "13.5", 1)))),
            Arguments.of(
                "ended by a fault of the runner",
                waited(syncing().ends(failed(Step.SYNC, Outcome.INTERNAL_ERROR)))
                    .patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}")));
    var deleted =
        Stream.of(
            Arguments.of("deleted by hand", syncing().settle().without(syncing().activeJob())),
            Arguments.of(
                "deleted by hand before it was seen to run", begun().without(begun().activeJob())));
    return Stream.concat(ended, deleted);
  }

  private static SimulatedCluster waited(SimulatedCluster cluster) {
    return cluster.settle().later(AN_HOUR);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void theNextRunIsToldToProveWhatIsThere(String how, SimulatedCluster cluster) {
    assertThat(given(cluster)).extracting(KnownState::afterLost).isEqualTo(true);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void theGateCountsWithBothVersionsUntilItIsKnownWhichOneItIs(
      String how, SimulatedCluster cluster) {
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
  void whoGoesBackToTheVersionRecordedIsNotReadyBeforeTheDatabaseWasAsked(
      String how, SimulatedCluster cluster) {
    var back = cluster.settle().patch("spec: {version: '13'}").later(AN_HOUR).settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(back.status().target()).as("it may be at 14").isEqualTo("14");
    var asked = back.starts().ends(synced("13", 0)).settle();
    assertThat(asked.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(asked.status().target()).isNull();
  }
}
