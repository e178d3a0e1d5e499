package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.proven;
import static dev.schemaversion.decide.DecisionText.ready;
import static dev.schemaversion.decide.DriftFixtures.CHANGED;
import static dev.schemaversion.decide.DriftFixtures.looking;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.failed;
import static dev.schemaversion.decide.SimulatedClusters.on;
import static dev.schemaversion.decide.SimulatedClusters.schemaOf;
import static dev.schemaversion.decide.SimulatedClusters.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A look at the schema that fails, or whose proof does, is no drift. */
class FailedVerificationTest {
  @Test
  void aProofThatCannotBeMadeIsUnknownAndNoDrift() {
    var cluster = looking(atThirteen()).ends(seen(CHANGED)).settle();
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
  void aLookThatFailsLeavesReadyAloneAndIsToldAndTriedAgain(Outcome outcome) {
    var failing = looking(atThirteen()).ends(failed(Step.VERIFY, outcome));

    assertThat(DecisionText.of(failing.next().actions())).contains("warn " + outcome.reason());
    failing = failing.settle();
    assertThat(ready(failing)).isEqualTo("True AtVersion");
    assertThat(failing.condition(ConditionType.Reconciling).getStatus()).isEqualTo("False");
    assertThat(failing.condition(ConditionType.Proven).getMessage())
        .contains("it could not be looked at since 2026-03-01T12:00:00Z: what happened");
    assertThat(failing.next().lookAgain()).contains(Duration.ofSeconds(5));
    assertThat(DecisionText.of(failing.later(Duration.ofSeconds(5)).next().actions()))
        .contains("create verify 2 on " + DATABASE);
  }

  @Test
  void aLookThatIsRefusedIsUnknown() {
    // The right to read the catalog was taken away.
    var blind = looking(atThirteen()).ends(failed(Step.VERIFY, Outcome.CANNOT_READ_CATALOG));
    blind = blind.settle().ends(failed(Step.PROVE, Outcome.CANNOT_READ_CATALOG)).settle();

    assertThat(proven(blind)).isEqualTo("Unknown CannotReadCatalog");
    assertThat(ready(blind)).isEqualTo("False CannotReadCatalog");
    assertThat(blind.jobs()).noneMatch(ObservedJob::active);
    assertThat(ready(looking(blind).ends(seen(schemaOf("13"))).settle()))
        .isEqualTo("True AtVersion");
  }

  @Test
  void anotherServerBehindTheSameNameStartsOver() {
    var changed = failed(Step.VERIFY, Outcome.DATABASE_CHANGED);
    var moved = looking(atThirteen()).ends(on(OTHER_DATABASE, changed)).settle();

    assertThat(moved.status().version()).isNull();
    assertThat(moved.status().proof()).isNull();
    assertThat(moved.activeJob().step()).isEqualTo(Step.BASELINE);
  }
}
