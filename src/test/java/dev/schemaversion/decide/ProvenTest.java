package dev.schemaversion.decide;

import static dev.schemaversion.decide.Saying.said;
import static dev.schemaversion.decide.Worlds.applied;
import static dev.schemaversion.decide.Worlds.atThirteen;
import static dev.schemaversion.decide.Worlds.baselined;
import static dev.schemaversion.decide.Worlds.claimed;
import static dev.schemaversion.decide.Worlds.failed;
import static dev.schemaversion.decide.Worlds.proof;
import static dev.schemaversion.decide.Worlds.proved;
import static dev.schemaversion.decide.Worlds.refuted;
import static dev.schemaversion.decide.Worlds.saying;
import static dev.schemaversion.decide.Worlds.schema;
import static dev.schemaversion.decide.Worlds.schemaOf;
import static dev.schemaversion.decide.Worlds.synced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.Established;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.Wire;
import dev.schemaversion.desired.DatabaseAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A version is recorded only where it is proven. */
class ProvenTest {
  private static final String ACCEPT =
      "spec: {baseline: {acceptDifference: 'sha256:%s'}}".formatted("d1".repeat(32));

  @ParameterizedTest
  @CsvSource({"CLAIM_REFUTED, False", "HISTORY_CONTRADICTED, False", "REPLAY_FAILED, Unknown"})
  void aRefusedBaselineRecordsTheDifferencesAndNoVersion(Outcome outcome, String status) {
    var refused = refuted(Step.BASELINE, outcome, "13", schema("auto-created"));
    var world = applied().settle().ends(refused).settle();

    assertThat(world.status().version()).isNull();
    assertThat(world.status().baseline()).isNull();
    assertThat(world.status().proof().first()).hasSize(2);
    assertThat(world.status().proof().digest()).isEqualTo("sha256:" + "d1".repeat(32));
    assertThat(said(world, ConditionType.Proven)).isEqualTo(status + " " + outcome.reason());
    assertThat(said(world, ConditionType.Ready)).isEqualTo("False " + outcome.reason());
    assertThat(world.condition(ConditionType.Proven).getMessage())
        .contains("acceptDifference: sha256:d1d1");
  }

  @Test
  void anUnversionedDatabaseIsTheVersionNobodyClaimed() {
    // It equals 9 and 10, but which of them it is only a person can know.
    var equal =
        saying(
            failed(Step.BASELINE, Outcome.BASELINE_REQUIRED), schemaOf("9"), nineOrTen(Map.of()));
    var world = applied().settle().ends(equal).settle();

    assertThat(world.status().version()).isNull();
    assertThat(said(world, ConditionType.Proven)).isEqualTo("Unknown BaselineRequired");
    assertThat(world.condition(ConditionType.Proven).getMessage())
        .contains("the schema equals 9, 10");
  }

  @Test
  void theVersionsThatNoSchemaCanTellApartAreNamed() {
    var both = saying(claimed("9"), schemaOf("9"), nineOrTen(Map.of("* public.tmp_*", 2)));
    var world = applied().settle().ends(both).settle();

    assertThat(world.status().version()).isEqualTo("9");
    assertThat(world.status().proof().equalVersions()).containsExactly("9", "10");
    assertThat(world.status().proof().ignored()).containsEntry("* public.tmp_*", 2);
    assertThat(world.condition(ConditionType.Proven).getMessage())
        .isEqualTo("the schema equals 9, 10, as compared at 2026-03-01T12:00:00Z");
  }

  @Test
  void anAcceptedDifferenceIsTriedAtOnceAndKept() {
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
            .ends(accepted(claimed("9"), new Report.Baseline(Established.ACCEPTED, "9")))
            .settle();
    assertThat(accepted.status().version()).isEqualTo("9");
    assertThat(said(accepted, ConditionType.Proven)).isEqualTo("True Accepted");
    assertThat(said(accepted, ConditionType.Baselined)).isEqualTo("True Accepted");
    assertThat(told(accepted).accepted()).containsExactly("00112233445566aa", "00112233445566bb");

    assertThat(told(accepted.patch("spec: {baseline: {acceptDifference: null}}").settle()))
        .as("taken out of the spec, it is accepted no more")
        .satisfies(proofs -> assertThat(proofs.accepted()).isEmpty());
  }

  @Test
  void whatWasAcceptedOutlivesASyncThatOnlyCarriesTheProof() {
    var there =
        applied()
            .patch(ACCEPT)
            .settle()
            .ends(accepted(claimed("9"), new Report.Baseline(Established.ACCEPTED, "9")))
            .settle()
            .ends(saying(synced("13", 4), schemaOf("13"), proof(Verdict.CARRIED, "13")))
            .settle();

    assertThat(said(there, ConditionType.Ready)).isEqualTo("True AtVersion");
    assertThat(there.status().proof().accepted()).hasSize(2);
    assertThat(there.condition(ConditionType.Proven).getMessage())
        .startsWith("the schema was proven, and only migrations have changed it since");
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"DIFFERENT", "UNPROVABLE"})
  void aSuccessWithoutAProofThatHoldsIsAFault(Verdict verdict) {
    for (var report : List.of(claimed("9"), synced("13", 13), proved("13"))) {
      var step = report.step();
      var world =
          switch (step) {
            case BASELINE -> applied().settle();
            case SYNC -> baselined();
            default -> Looks.looking(atThirteen()).ends(Worlds.seen(schema("x"))).settle();
          };
      var ended = world.ends(saying(report, schemaOf("13"), proof(verdict, "13"))).settle();

      assertThat(said(ended, ConditionType.Ready)).isEqualTo("False InternalError");
      assertThat(ended.status().synced() == null || step == Step.PROVE).isTrue();
    }
  }

  @Test
  void aProofOfAnotherVersionProvesNothing() {
    var other = saying(synced("13", 13), schemaOf("12"), proof(Verdict.EQUAL, "12"));
    var world = baselined().ends(other).settle();

    assertThat(said(world, ConditionType.Ready)).isEqualTo("False InternalError");
    assertThat(world.status().version()).isNull();
  }

  @Test
  void theSameVersionWrittenOtherwiseIsProven() {
    var same = saying(synced("13", 13), schemaOf("13"), proof(Verdict.EQUAL, "013"));

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
            Worlds.MIGRATIONS,
            Worlds.DATABASE,
            "17.2",
            null,
            schema("odd"),
            proof(Verdict.DIFFERENT, "14"),
            null);
    var world = atThirteen().patch("spec: {version: '14'}").settle().ends(contradicted).settle();

    assertThat(world.status().version()).isNull();
    assertThat(world.status().synced()).isNull();
    assertThat(said(world, ConditionType.Proven)).isEqualTo("False ResultContradicted");
    assertThat(told(world.migrations(Worlds.OTHER_MIGRATIONS).settle()).known()).isNull();
  }

  @Test
  void aSyncThatFindsTheHistoryContradictedLeavesNoVersion() {
    var refused = refuted(Step.SYNC, Outcome.HISTORY_CONTRADICTED, "13", schema("auto-created"));
    var world = atThirteen().patch("spec: {version: '14'}").settle().ends(refused).settle();

    assertThat(world.status().version()).isNull();
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
    var known = told(atThirteen().patch("spec: {version: '14'}").settle()).known();

    assertThat(known.version()).isEqualTo("13");
    assertThat(known.schema()).isEqualTo(schemaOf("13"));
  }

  /** What the Job that has not ended is told of proofs. */
  private static RunRequest.Proofs told(World world) {
    var facts =
        new Facts(
            world.jobs(List.of()).observed(),
            Evidence.of(world.status(), DatabaseAddress.of(world.resource().getSpec())));
    var job =
        World.FACTORY.job(
            world.resource(),
            world.activeJob().step(),
            1,
            Worlds.MIGRATIONS,
            facts.given(world.activeJob().step()));
    var request =
        job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().getFirst();
    return Wire.readRequest(request.getValue()).proof();
  }

  private static Report accepted(Report report, Report.Baseline baseline) {
    return new Report(
        report.step(),
        report.outcome(),
        report.message(),
        report.version(),
        baseline,
        0,
        report.migrationsDigest(),
        report.database(),
        report.serverVersion(),
        null,
        schema("auto-created"),
        proof(Verdict.ACCEPTED, report.version()),
        null);
  }

  /** Equal to 9, and to 10 as well. */
  private static Proof nineOrTen(Map<String, Integer> ignored) {
    return new Proof(
        Verdict.EQUAL, "9", null, List.of("9", "10"), null, null, 0, null, null, null, ignored);
  }
}
