package dev.schemaversion.decide.rule;

import static dev.schemaversion.decide.DriftFixtures.verifying;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.verified;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.DriftFixtures;
import dev.schemaversion.decide.ObservedJob;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schedule of verifications, and that they do not affect readiness. */
class DriftScheduleTest {
  private static final String ASK = "metadata: {annotations: {schemaversion.dev/verify: '%s'}}";

  @ParameterizedTest(name = "each {0}: between {1} and {2}")
  @CsvSource({
    "10s, PT9S, PT11S",
    "90s, PT81S, PT99S",
    "1h, PT54M, PT66M",
    "1h30m, PT81M, PT99M",
    "24h, PT21H36M, PT26H24M"
  })
  void eachResourceVariesTheIntervalByAtMostATenth(String interval, Duration from, Duration to) {
    var times = new HashSet<Duration>();
    for (int i = 0; i < 50; i++) {
      var cluster =
          atThirteen()
              .patch("metadata: {uid: 'uid-%d'}".formatted(i))
              .patch("spec: {drift: {interval: %s}}".formatted(interval));
      var wait = cluster.settle().next().requeueAfter().orElseThrow();

      assertThat(wait).isBetween(from, to);
      assertThat(cluster.settle().next().requeueAfter()).as("always the same").contains(wait);
      times.add(wait);
    }
    assertThat(times).hasSizeGreaterThan(20);
  }

  @Test
  void aVerificationStartsOnceWhenItIsDue() {
    var cluster = atThirteen();
    var wait = cluster.next().requeueAfter().orElseThrow();

    assertThat(cluster.later(wait.minusMillis(1)).next().actions()).isEmpty();
    assertThat(DecisionText.of(cluster.later(wait).next().actions()))
        .containsExactly("add finalizer", "create verify 1 on " + DATABASE);
  }

  @Test
  void anIntervalOfZeroStartsNoVerification() {
    var never = atThirteen().patch("spec: {drift: {interval: 0s}}").settle();

    assertThat(never.next().requeueAfter()).isEmpty();
    assertThat(never.later(Duration.ofDays(365)).next().actions()).isEmpty();
    assertThat(never.patch(ASK.formatted("1")).settle().activeJob().step()).isEqualTo(Step.VERIFY);
  }

  @Test
  void eachValueOfTheAnnotationStartsOneVerification() {
    var asked = atThirteen().patch(ASK.formatted("1")).settle();
    assertThat(asked.activeJob().step()).isEqualTo(Step.VERIFY);

    var answered = asked.ends(verified(schemaOf("13"))).settle();
    assertThat(answered.jobs()).noneMatch(ObservedJob::active);
    assertThat(answered.status().proof().asked()).isEqualTo("1");

    var again = answered.patch(ASK.formatted("2")).settle();
    assertThat(again.activeJob().name()).isNotEqualTo(asked.activeJob().name());
  }

  @Test
  void aRequestDuringAVerificationStartsAnotherOne() {
    var cluster =
        verifying(atThirteen()).patch(ASK.formatted("1")).ends(verified(schemaOf("13"))).settle();

    assertThat(cluster.activeJob().step()).isEqualTo(Step.VERIFY);
    assertThat(cluster.ends(verified(schemaOf("13"))).settle().status().proof().asked())
        .isEqualTo("1");
  }

  @Test
  void aRequestWhileDriftedComparesAgain() {
    var asked = DriftFixtures.drifted(atThirteen()).patch(ASK.formatted("1")).settle();

    assertThat(asked.activeJob().step()).isEqualTo(Step.PROVE);
  }

  @Test
  void aSuccessfulVerificationWritesOnlyTimeAndHistory() {
    var before = atThirteen();
    var pending = before.later(Duration.ofMinutes(67)).settle();
    var running = pending.starts().settle();

    assertThat(pending.status()).isEqualTo(before.status());
    assertThat(running.status()).isEqualTo(before.status());
    assertThat(running.ends(verified(schemaOf("13"))).settle().status().conditions())
        .isEqualTo(before.status().conditions());
  }

  @Test
  void aVerificationThatCannotStartEmitsOneEventAndKeepsReady() {
    var stuck = atThirteen().later(Duration.ofMinutes(67)).settle().waitsFor("ErrImagePull: no");

    assertThat(DecisionText.of(stuck.next().actions())).containsExactly("warning JobPending");
    stuck = stuck.settle();
    assertThat(stuck.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(stuck.condition(ConditionType.Reconciling).getStatus()).isEqualTo("False");
    assertThat(stuck.condition(ConditionType.Proven).getMessage()).contains("ErrImagePull: no");
  }

  @Test
  void aVerificationDoesNotDelayASync() {
    var verifying = atThirteen().later(Duration.ofMinutes(67)).settle();
    var wanted = verifying.patch("spec: {version: '14'}");

    assertThat(DecisionText.of(wanted.next().actions())).contains("delete pending verify 1");
    assertThat(wanted.settle().activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(
            verifying
                .starts()
                .patch("spec: {version: '14'}")
                .settle()
                .condition(ConditionType.Ready)
                .getReason())
        .isEqualTo("ProofRunning");
  }

  @Test
  void verificationsDoNotDisplaceOtherJobs() {
    var cluster = atThirteen();
    for (int i = 0; i < 15; i++) {
      cluster = verifying(cluster).ends(verified(schemaOf("13"))).settle();
    }

    assertThat(cluster.status().history())
        .extracting(Operation::step)
        .containsExactly("baseline", "sync", "verify");
    assertThat(cluster.jobs())
        .extracting(ObservedJob::step)
        .containsExactly(Step.SYNC, Step.VERIFY);
  }

  @Test
  void noVerificationStartsWhileSuspended() {
    var suspended = atThirteen().patch("spec: {suspend: true}").later(Duration.ofDays(1)).settle();

    assertThat(suspended.jobs()).noneMatch(ObservedJob::active);
  }
}
