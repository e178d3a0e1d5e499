package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.proven;
import static dev.schemaversion.decide.DecisionText.ready;
import static dev.schemaversion.decide.DriftFixtures.CHANGED;
import static dev.schemaversion.decide.DriftFixtures.drifted;
import static dev.schemaversion.decide.DriftFixtures.verifying;
import static dev.schemaversion.decide.RunnerReports.proved;
import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.verified;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema that others change after its proof. */
class DriftTest {
  private static final String HOLD = "spec: {drift: {onDrift: Hold}}";

  @Test
  void anUnchangedSchemaUpdatesTheTimeOfTheVerification() {
    var before = atThirteen();
    var verified = verifying(before).ends(verified(schemaOf("13"))).settle();

    assertThat(ready(verified)).isEqualTo("True AtVersion");
    assertThat(verified.status().proof().checkedAt()).isEqualTo("2026-03-01T13:07:00Z");
    assertThat(verified.status().proof().provenAt()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(verified.condition(ConditionType.Proven))
        .isEqualTo(before.condition(ConditionType.Proven));
  }

  @Test
  void aChangedSchemaIsProvenAtOnceAndNotReadyMeanwhile() {
    var changed = verifying(atThirteen()).ends(verified(CHANGED));

    assertThat(DecisionText.of(changed.next().actions()))
        .contains("create prove 1 on " + DATABASE)
        .doesNotContain("event Succeeded");
    changed = changed.settle();
    assertThat(ready(changed)).isEqualTo("False ProofRunning");
    assertThat(proven(changed)).isEqualTo("Unknown ProofPending");
    assertThat(changed.status().version()).isEqualTo("13");
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "fingerprint", "history"})
  void aDifferenceInAnyDigestStartsAProof(String which) {
    var known = schemaOf("13");
    var other =
        new Schema(
            which.equals("header") ? "postgresql 18" : known.header(),
            which.equals("fingerprint") ? "sha256:other" : known.fingerprint(),
            which.equals("history") ? "sha256:other" : known.history());

    assertThat(verifying(atThirteen()).ends(verified(other)).settle().activeJob().step())
        .isEqualTo(Step.PROVE);
  }

  @Test
  void driftIsReportedWithItsDifferencesAndWhatToDo() {
    var drifted = drifted(atThirteen());

    assertThat(ready(drifted)).isEqualTo("False Drifted");
    assertThat(proven(drifted)).isEqualTo("False Drifted");
    assertThat(drifted.condition(ConditionType.Stalled).getStatus()).isEqualTo("True");
    assertThat(drifted.condition(ConditionType.Proven).getMessage())
        .contains("2 objects differ from version 13")
        .contains("- index public.images.ix_images_deleted\n+ trigger audit")
        .contains("acceptDifference: sha256:d1d1");
    assertThat(drifted.status().proof().first()).hasSize(2);
    assertThat(drifted.status().proof().known().version()).isEqualTo("13");
    assertThat(drifted.status().version()).as("onDrift: Report").isEqualTo("13");
  }

  @Test
  void aProofMayShowThatTheChangeIsNoDrift() {
    // Another major version prints definitions differently: another header, but no drift.
    var cluster = verifying(atThirteen()).ends(verified(schemaOf("13 on 18"))).settle();
    var proven = cluster.later(Duration.ofSeconds(9)).ends(proved("13")).settle();

    assertThat(ready(proven)).isEqualTo("True AtVersion");
    assertThat(proven.status().proof().provenAt()).isEqualTo("2026-03-01T13:07:09Z");
    assertThat(proven.status().proof().known()).isNull();
  }

  @Test
  void undoneDriftIsDetectedWithoutAScratchServer() {
    var undone = verifying(drifted(atThirteen())).ends(verified(schemaOf("13")));

    assertThat(DecisionText.of(undone.next().actions())).contains("event AtVersion");
    assertThat(ready(undone.settle())).isEqualTo("True AtVersion");
    assertThat(proven(undone.settle())).isEqualTo("True Proven");
    assertThat(undone.settle().status().proof().differences()).isNull();
  }

  @Test
  void lastingDriftIsProvenOnlyOnce() {
    var cluster = drifted(atThirteen());
    for (int i = 0; i < 3; i++) {
      var verified = verifying(cluster).ends(verified(CHANGED)).settle();

      assertThat(verified.jobs()).noneMatch(ObservedJob::active);
      assertThat(verified.status().proof().first()).isEqualTo(cluster.status().proof().first());
      assertThat(ready(verified)).isEqualTo("False Drifted");
      cluster = verified;
    }
  }

  @Test
  void aFurtherChangeStartsAnotherProof() {
    var further =
        verifying(drifted(atThirteen())).ends(verified(schema("a trigger more"))).settle();

    assertThat(further.activeJob().step()).isEqualTo(Step.PROVE);
  }

  @Test
  void aConstantlyChangingSchemaDoesNotCauseEndlessProofs() {
    var cluster = verifying(atThirteen()).ends(verified(CHANGED)).settle();
    var other = refuted(Step.PROVE, Outcome.DRIFTED, "13", schema("changed again"));

    assertThat(cluster.ends(other).settle().jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void theSameDriftIsReportedAgainAfterItWasUndone() {
    var undone = verifying(drifted(atThirteen())).ends(verified(schemaOf("13"))).settle();

    assertThat(ready(drifted(undone))).isEqualTo("False Drifted");
  }

  @Test
  void holdWithdrawsTheVersionUntilTheDriftIsUndone() {
    var drifted = drifted(atThirteen().patch(HOLD).settle());

    assertThat(drifted.status().version()).isNull();
    assertThat(verifying(drifted).ends(verified(schemaOf("13"))).settle().status().version())
        .isEqualTo("13");
    assertThat(drifted.patch("spec: {drift: {onDrift: Report}}").settle().status().version())
        .isEqualTo("13");
  }

  @Test
  void holdWithdrawsTheVersionAsSoonAsAChangeIsDetected() {
    var changed = verifying(atThirteen().patch(HOLD).settle()).ends(verified(CHANGED)).settle();

    assertThat(changed.status().version()).isNull();
  }
}
