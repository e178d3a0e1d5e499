package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.proven;
import static dev.schemaversion.decide.DecisionText.ready;
import static dev.schemaversion.decide.DriftFixtures.CHANGED;
import static dev.schemaversion.decide.DriftFixtures.verifying;
import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.on;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.verified;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failed verification or proof is no drift. */
class FailedVerificationTest {
  @Test
  void anImpossibleProofMakesProvenUnknown() {
    var cluster = verifying(atThirteen()).ends(verified(CHANGED)).settle();
    var lacking = cluster.ends(failed(Step.PROVE, Outcome.SCRATCH_LACKS)).settle();

    assertThat(proven(lacking)).isEqualTo("Unknown ScratchLacks");
    assertThat(ready(lacking)).isEqualTo("False ScratchLacks");
    assertThat(lacking.next().actions()).isEmpty();

    var retried = lacking.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}").settle();
    assertThat(retried.activeJob().step()).isEqualTo(Step.PROVE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"DATABASE_UNREACHABLE", "ACCESS_DENIED", "LOCK_BUSY", "SCHEMA_BUSY"})
  void aFailedVerificationKeepsReadyEmitsAnEventAndIsRetried(Outcome outcome) {
    var failing = verifying(atThirteen()).ends(failed(Step.VERIFY, outcome));

    assertThat(DecisionText.of(failing.next().actions())).contains("warning " + outcome.reason());
    failing = failing.settle();
    assertThat(ready(failing)).isEqualTo("True AtVersion");
    assertThat(failing.condition(ConditionType.Reconciling).getStatus()).isEqualTo("False");
    assertThat(failing.condition(ConditionType.Proven).getMessage())
        .contains("the schema was last verified at 2026-03-01T12:00:00Z: what happened");
    assertThat(failing.next().requeueAfter()).contains(Duration.ofSeconds(5));
    assertThat(DecisionText.of(failing.later(Duration.ofSeconds(5)).next().actions()))
        .contains("create verify 2 on " + DATABASE);
  }

  @Test
  void aRefusedVerificationMakesProvenUnknown() {
    // The user has lost the right to read the catalog.
    var refused = verifying(atThirteen()).ends(failed(Step.VERIFY, Outcome.CANNOT_READ_CATALOG));
    refused = refused.settle().ends(failed(Step.PROVE, Outcome.CANNOT_READ_CATALOG)).settle();

    assertThat(proven(refused)).isEqualTo("Unknown CannotReadCatalog");
    assertThat(ready(refused)).isEqualTo("False CannotReadCatalog");
    assertThat(refused.jobs()).noneMatch(ObservedJob::active);
    assertThat(ready(verifying(refused).ends(verified(schemaOf("13"))).settle()))
        .isEqualTo("True AtVersion");
  }

  @Test
  void anotherServerAtTheSameAddressRequiresANewBaseline() {
    var changed = failed(Step.VERIFY, Outcome.DATABASE_CHANGED);
    var moved = verifying(atThirteen()).ends(on(OTHER_DATABASE, changed)).settle();

    assertThat(moved.status().version()).isNull();
    assertThat(moved.status().proof()).isNull();
    assertThat(moved.activeJob().step()).isEqualTo(Step.BASELINE);
  }
}
