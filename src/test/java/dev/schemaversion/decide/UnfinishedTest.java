package dev.schemaversion.decide;

import static dev.schemaversion.decide.Worlds.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.Worlds.atThirteen;
import static dev.schemaversion.decide.Worlds.failed;
import static dev.schemaversion.decide.Worlds.proved;
import static dev.schemaversion.decide.Worlds.refuted;
import static dev.schemaversion.decide.Worlds.schema;
import static dev.schemaversion.decide.Worlds.synced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.UnfinishedStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.desired.Given;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A sync of which nobody knows what it has done, from 13 to 14. */
class UnfinishedTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Report HALF_APPLIED =
      refuted(Step.SYNC, Outcome.HALF_APPLIED, "13", schema("between 13 and 14"));

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

  private static World waited(World world) {
    return world.settle().later(AN_HOUR);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void theNextRunIsToldToProveWhatIsThere(String how, World world) {
    assertThat(given(world)).extracting(Given::afterLost).isEqualTo(true);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void theGateCountsWithBothVersionsUntilItIsKnownWhichOneItIs(String how, World world) {
    var next = world.settle().later(AN_HOUR).settle();

    for (var at : List.of(world.settle(), next, next.starts().settle())) {
      assertThat(at.status().version()).isEqualTo("13");
      assertThat(released(at, "13", "13")).isFalse();
      assertThat(released(at, "13", "14")).isTrue();
      assertThat(released(at, "14", null)).isFalse();
    }
    var known = next.starts().ends(synced("14", 1)).settle();
    assertThat(known.status().unfinished()).isNull();
    assertThat(known.status().target()).isNull();
    assertThat(released(known, "14", null)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void whoGoesBackToTheVersionRecordedIsNotReadyBeforeTheDatabaseWasAsked(String how, World world) {
    var back = world.settle().patch("spec: {version: '13'}").later(AN_HOUR).settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(back.status().target()).as("it may be at 14").isEqualTo("14");
    var asked = back.starts().ends(synced("13", 0)).settle();
    assertThat(asked.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(asked.status().target()).isNull();
  }

  @Test
  void itIsRecordedBeforeTheJobIsMade() {
    var decision = higher().next();

    assertThat(decision.actions()).anyMatch(Action.CreateJob.class::isInstance);
    assertThat(decision.status().unfinished().target()).isEqualTo("14");
    assertThat(decision.status().unfinished().reason()).isNull();
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

    assertThat(ended.status().unfinished()).isNull();
    assertThat(ended.status().target()).isNull();
    assertThat(retried(ended).afterLost()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCK_BUSY", "INTERRUPTED", "DATABASE_UNREACHABLE"})
  void aRunThatDidNotGetToProvingLeavesTheDoubtThatWas(Outcome outcome) {
    var doubted = syncing().dies("OOMKilled", 137).settle().later(AN_HOUR).settle().starts();
    var still = doubted.ends(failed(Step.SYNC, outcome)).settle();

    assertThat(still.status().unfinished().reason()).isEqualTo(Reason.RunnerLost.name());
    assertThat(still.status().target()).isEqualTo("14");
    assertThat(retried(still).afterLost()).isTrue();
  }

  @Test
  void tenAttemptsLaterItIsNotForgotten() {
    var world = syncing().dies("OOMKilled", 137).settle();
    for (int i = 0; i < 12; i++) {
      world = world.later(AN_HOUR).settle().ends(failed(Step.SYNC, Outcome.LOCK_BUSY)).settle();
    }

    assertThat(given(world.later(AN_HOUR)).afterLost()).isTrue();
  }

  @Test
  void aRehearsalThatFailsHasProvenWhatIsThere() {
    var doubted = syncing().dies("OOMKilled", 137).settle().later(AN_HOUR).settle().starts();
    var proven =
        doubted
            .ends(
                Worlds.saying(
                    failed(Step.SYNC, Outcome.REHEARSAL_FAILED, "13", 0),
                    Worlds.schemaOf("13"),
                    Worlds.proof(Proof.Verdict.EQUAL, "13")))
            .settle();

    assertThat(proven.status().unfinished()).isNull();
    assertThat(proven.status().target()).isNull();
  }

  @Test
  void whatIsHalfAppliedStandsUntilSomebodyChangesSomething() {
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
            half.migrations(Worlds.MIGRATIONS))) {
      assertThat(given(changed).afterLost()).isTrue();
    }
    assertThat(given(half.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}")))
        .as("a person has seen to it")
        .extracting(Given::afterLost)
        .isEqualTo(false);
  }

  @Test
  void oneRetrySeesToOneScript() {
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
    assertThat(given(twice.migrations(Worlds.MIGRATIONS)).afterLost()).isTrue();
    assertThat(given(twice.patch(again.formatted(2))).afterLost()).isFalse();
  }

  @Test
  void aRetryWhileNobodyHasLookedYetDoesNotSayThatAllIsWell() {
    var doubted = syncing().dies("OOMKilled", 137).settle();

    assertThat(given(doubted.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}")))
        .extracting(Given::afterLost)
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
  void afterAHalfAppliedScriptOnlyWhatRunsOnBothVersionsStarts(
      String min, String max, Reason reason) {
    var half = syncing().ends(HALF_APPLIED).settle();

    assertThat(verdict(half, min, max).reason()).isEqualTo(reason);
    assertThat(verdict(half.patch("spec: {version: '13'}").settle(), min, max).reason())
        .isEqualTo(reason);
  }

  @Test
  void aScriptHalfAppliedAfterOthersOfTheSameRunLeavesTheVersionThatWasProven() {
    var half =
        syncing().ends(refuted(Step.SYNC, Outcome.HALF_APPLIED, "13.5", schema("x"))).settle();

    assertThat(half.status().version()).isEqualTo("13");
    assertThat(half.status().target()).isEqualTo("14");
  }

  @Test
  void aScriptHalfAppliedOnAnOlderBackupLeavesNoVersion() {
    var half = syncing().ends(refuted(Step.SYNC, Outcome.HALF_APPLIED, "12", schema("x"))).settle();

    assertThat(half.status().version()).isNull();
  }

  @Test
  void aProofThatFindsAScriptHalfAppliedSaysSoToo() {
    var proving =
        waited(syncing().dies(null, null))
            .settle()
            .starts()
            .ends(
                Worlds.saying(failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("x"), null))
            .settle()
            .starts()
            .ends(refuted(Step.PROVE, Outcome.HALF_APPLIED, "13", schema("x")))
            .settle();

    assertThat(proving.status().unfinished().reason()).isEqualTo("HalfApplied");
    assertThat(proving.condition(ConditionType.Stalled).getReason()).isEqualTo("HalfApplied");
    assertThat(released(proving, "13", "13")).isFalse();
    assertThat(released(proving, "13", "14")).isTrue();
  }

  @Test
  void aScriptHalfAppliedByNobodyKnowsWhomLeavesNoVersion() {
    var looked =
        atThirteen()
            .patch("spec: {approval: Manual, version: '14'}")
            .settle()
            .starts()
            .ends(refuted(Step.PLAN, Outcome.HALF_APPLIED, "13", schema("x")))
            .settle();

    assertThat(looked.status().version()).isNull();
  }

  @Test
  void aProofOnTheScratchServerSaysWhereTheDatabaseIs() {
    var asking = syncing().ends(failed(Step.SYNC, Outcome.CONNECTION_LOST)).settle().later(AN_HOUR);
    var proving =
        asking
            .settle()
            .starts()
            .ends(
                Worlds.saying(failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("x"), null))
            .settle();
    assertThat(proving.activeJob().step()).isEqualTo(Step.PROVE);
    assertThat(proving.status().unfinished())
        .extracting(UnfinishedStatus::reason)
        .isEqualTo("ConnectionLost");

    var proven = proving.starts().ends(proved("14")).settle();

    assertThat(proven.status().version()).isEqualTo("14");
    assertThat(proven.status().unfinished()).isNull();
    assertThat(proven.status().target()).isNull();
  }

  @Test
  void theEndOfASyncBeforeItSaysNothingOfItWhereTheCacheDoesNotShowItYet() {
    var earlier = atThirteen().patch("spec: {version: '13.5'}").settle().activeJob();
    var unseen = begun().without(begun().activeJob());

    var world =
        unseen
            .with(Jobs.ended(earlier, synced("13", 0), Worlds.NOW))
            .patch("spec: {version: '13'}");

    assertThat(world.next().status().unfinished()).isNotNull();
    assertThat(world.next().status().target()).isEqualTo("14");
  }

  private static World higher() {
    return atThirteen().migrations(OTHER_MIGRATIONS).patch("spec: {version: '14'}");
  }

  /** The sync's Job is there. */
  private static World begun() {
    return higher().settle();
  }

  private static World syncing() {
    return begun().starts();
  }

  private static Given given(World world) {
    return world.next().actions().stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(action -> ((Action.CreateJob) action).given())
        .findFirst()
        .orElseThrow();
  }

  private static Given retried(World world) {
    return given(
        world.patch("metadata: {annotations: {schemaversion.dev/retry: again}}").later(AN_HOUR));
  }

  private static boolean released(World world, String min, String max) {
    return verdict(world, min, max).satisfied();
  }

  private static Verdict verdict(World world, String min, String max) {
    return Verdict.of(Worlds.needs(min, max), any -> Recorded.in(world.resource()));
  }
}
