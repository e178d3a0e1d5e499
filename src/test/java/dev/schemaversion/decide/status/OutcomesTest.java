package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.DecisionText.condition;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.baselined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.ReportBuilder;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.SimulatedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The consequence of each outcome of a Job. */
class OutcomesTest {
  private static final List<Step> STEPS = List.of(Step.BASELINE, Step.SYNC);

  /** What follows from these is not the same step again, or not later: DriftTest and others. */
  private static final Set<Outcome> OTHERWISE_IN_A_SYNC =
      EnumSet.of(
          Outcome.DATABASE_CHANGED, Outcome.PROOF_NEEDED, Outcome.DRIFTED, Outcome.PLAN_CHANGED);

  static Stream<Arguments> retried() {
    return each(Kind.RETRY).filter(pair -> pair.get()[1] != Outcome.SCRATCH_MAJOR_MISMATCH);
  }

  static Stream<Arguments> refused() {
    return each(Kind.REFUSED);
  }

  private static Stream<Arguments> each(Kind kind) {
    return STEPS.stream()
        .flatMap(
            step ->
                Arrays.stream(Outcome.values())
                    .filter(outcome -> outcome.kind() == kind)
                    .filter(o -> step == Step.BASELINE || !OTHERWISE_IN_A_SYNC.contains(o))
                    .map(outcome -> Arguments.of(step, outcome)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("retried")
  void aTransientFailureIsRetriedWithBackOff(Step step, Outcome outcome) {
    var ended = at(step).ends(failed(step, outcome)).settle();

    assertThat(condition(ended, ConditionType.Ready)).isEqualTo("False " + outcome.reason());
    assertThat(condition(ended, ConditionType.Reconciling)).isEqualTo("True " + outcome.reason());
    assertThat(ended.next().requeueAfter()).contains(Duration.ofSeconds(5));
    assertThat(ended.resource().getMetadata().getFinalizers()).isEmpty();
    assertThat(ended.condition(ConditionType.Ready).getMessage())
        .isEqualTo(
            "what happened, and what to do about %s. The operator retries at 2026-03-01T12:00:05Z (attempt 2)"
                .formatted(outcome));
    assertThat(DecisionText.of(ended.later(Duration.ofSeconds(5)).next().actions()))
        .hasSize(2)
        .startsWith("add finalizer")
        .last()
        .asString()
        .startsWith("create %s 2".formatted(step.label()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("retried")
  void passesDuringTheBackOffWriteNothing(Step step, Outcome outcome) {
    var ended = at(step).ends(failed(step, outcome)).settle();
    var meanwhile = ended.later(Duration.ofMillis(2_500)).next();

    assertThat(meanwhile.status()).isEqualTo(ended.status());
    assertThat(meanwhile.actions()).isEmpty();
    assertThat(meanwhile.requeueAfter()).contains(Duration.ofMillis(2_500));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("refused")
  void aRefusalLasts(Step step, Outcome outcome) {
    var ended = at(step).ends(failed(step, outcome)).settle();
    var later = ended.later(Duration.ofDays(30)).next();

    assertThat(condition(ended, ConditionType.Ready)).isEqualTo("False " + outcome.reason());
    assertThat(condition(ended, ConditionType.Stalled)).isEqualTo("True " + outcome.reason());
    assertThat(ended.condition(ConditionType.Stalled).getMessage())
        .isEqualTo("what happened, and what to do about " + outcome);
    assertThat(later.actions()).isEmpty();
    assertThat(later.status()).isEqualTo(ended.status());
    assertThat(later.requeueAfter()).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("refused")
  void aRefusalEndsWhenSpecMigrationsOrRetryChange(Step step, Outcome outcome) {
    var ended = at(step).ends(failed(step, outcome)).settle();
    var refusedJob = ended.jobs().getLast().name();

    for (var changed :
        List.of(
            ended.patch("spec: {version: '13.1'}"),
            ended.patch("spec: {migrations: {flyway: {outOfOrder: true}}}"),
            ended.migrations(OTHER_MIGRATIONS),
            ended.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}"))) {
      var again = changed.settle();

      assertThat(again.activeJob().step()).isEqualTo(step);
      assertThat(again.activeJob().attempt()).isOne();
      assertThat(again.activeJob().name()).isNotEqualTo(refusedJob);
    }
  }

  @Test
  void aSecondRetryNeedsAnotherValue() {
    var refused = failed(Step.BASELINE, Outcome.BASELINE_REQUIRED);
    var again = "metadata: {annotations: {schemaversion.dev/retry: '%s'}}";
    var twice =
        at(Step.BASELINE)
            .ends(refused)
            .settle()
            .patch(again.formatted("1"))
            .settle()
            .ends(refused)
            .settle();

    assertThat(twice.patch(again.formatted("1")).next().actions()).isEmpty();
    assertThat(twice.patch(again.formatted("2")).settle().activeJob().attempt()).isOne();
  }

  @Test
  void aRequestedRetryStartsAtOnce() {
    var waiting = at(Step.BASELINE).ends(failed(Step.BASELINE, Outcome.ACCESS_DENIED)).settle();
    var now = waiting.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}").settle();

    assertThat(now.activeJob().attempt()).isOne();
  }

  @Test
  void theBackOffGrowsToFiveMinutesAndNeverGivesUp() {
    var cluster = at(Step.BASELINE);
    var waits = new ArrayList<Long>();
    for (int attempt = 1; attempt <= 20; attempt++) {
      assertThat(cluster.activeJob().attempt()).isEqualTo(attempt);
      cluster = cluster.ends(failed(Step.BASELINE, Outcome.DATABASE_UNREACHABLE)).settle();
      var wait = cluster.next().requeueAfter().orElseThrow();
      waits.add(wait.toSeconds());
      cluster = cluster.later(wait).settle();
    }

    assertThat(waits).startsWith(5L, 10L, 20L, 40L, 80L, 160L, 300L).last().isEqualTo(300L);
    assertThat(cluster.ends(foundEmpty()).settle().activeJob().step()).isEqualTo(Step.SYNC);
  }

  @ParameterizedTest(name = "{0} with exit code {1}: {2}")
  @CsvSource(
      nullValues = "none",
      value = {
        "OOMKilled, 137, RunnerLost",
        "Evicted, none, RunnerLost",
        "none, none, RunnerLost",
        "none, 0, RunnerLost",
        "none, 1, RunnerLost",
        "none, 13, LockBusy"
      })
  void aRunWithoutAReportIsRetried(String how, Integer exitCode, String reason) {
    for (var step : STEPS) {
      var ended = at(step).dies(how, exitCode).settle();

      assertThat(condition(ended, ConditionType.Ready)).isEqualTo("False " + reason);
      assertThat(ended.later(Duration.ofSeconds(5)).settle().activeJob().attempt()).isEqualTo(2);
    }
  }

  @ParameterizedTest(name = "{0} with exit code {1}: {2}")
  @CsvSource(
      nullValues = "none",
      value = {"OOMKilled, 137, true", "none, 3, true", "none, 137, false", "Evicted, none, false"})
  void outOfMemoryNamesTheLimitToRaise(String how, Integer exitCode, boolean says) {
    var ended = at(Step.SYNC).dies(how, exitCode).settle();

    assertThat(
            ended
                .condition(ConditionType.Ready)
                .getMessage()
                .contains("spec.job.resources.limits.memory"))
        .isEqualTo(says);
  }

  @Test
  void anExitCodeWithoutAReportCountsAsItsOutcome() {
    var ended = at(Step.SYNC).dies(null, Outcome.MIGRATION_FAILED.exitCode()).settle();

    assertThat(condition(ended, ConditionType.Stalled)).isEqualTo("True MigrationFailed");
  }

  @ParameterizedTest
  @EnumSource(names = {"BASELINE", "SYNC"})
  void aSuccessWithoutTheResultOfTheStepIsAnInternalError(Step step) {
    var empty = ReportBuilder.builder().step(step).outcome(Outcome.SUCCEEDED).build();
    var ended = at(step).ends(empty).settle();

    assertThat(condition(ended, ConditionType.Ready)).isEqualTo("False InternalError");
    assertThat(condition(ended, ConditionType.Stalled)).isEqualTo("True InternalError");
    assertThat(ended.status().version()).isNull();
    assertThat(ended.status().synced()).isNull();
  }

  /** The step's first Job runs. */
  private static SimulatedCluster at(Step step) {
    return (step == Step.BASELINE ? applied().settle() : baselined()).starts();
  }
}
