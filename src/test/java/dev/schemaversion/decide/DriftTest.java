package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionText.proven;
import static dev.schemaversion.decide.DecisionText.ready;
import static dev.schemaversion.decide.DriftFixtures.CHANGED;
import static dev.schemaversion.decide.DriftFixtures.drifted;
import static dev.schemaversion.decide.DriftFixtures.looking;
import static dev.schemaversion.decide.SimulatedClusters.DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.proved;
import static dev.schemaversion.decide.SimulatedClusters.refuted;
import static dev.schemaversion.decide.SimulatedClusters.schema;
import static dev.schemaversion.decide.SimulatedClusters.schemaOf;
import static dev.schemaversion.decide.SimulatedClusters.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a schema that others change after it was proven. */
class DriftTest {
  private static final String HOLD = "spec: {drift: {onDrift: Hold}}";

  @Test
  void anUnchangedSchemaIsNoted() {
    var before = atThirteen();
    var looked = looking(before).ends(seen(schemaOf("13"))).settle();

    assertThat(ready(looked)).isEqualTo("True AtVersion");
    assertThat(looked.status().proof().checkedAt()).isEqualTo("2026-03-01T13:07:00Z");
    assertThat(looked.status().proof().provenAt()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(looked.condition(ConditionType.Proven))
        .isEqualTo(before.condition(ConditionType.Proven));
  }

  @Test
  void aChangedSchemaIsProvenAnewAtOnceAndNotReadyMeanwhile() {
    var changed = looking(atThirteen()).ends(seen(CHANGED));

    assertThat(DecisionText.of(changed.next().actions()))
        .contains("create prove 1 on " + DATABASE)
        .doesNotContain("tell Succeeded");
    changed = changed.settle();
    assertThat(ready(changed)).isEqualTo("False ProofRunning");
    assertThat(proven(changed)).isEqualTo("Unknown ProofPending");
    assertThat(changed.status().version()).isEqualTo("13");
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "fingerprint", "history"})
  void whateverOfTheThreeDigestsDiffersIsLookedInto(String which) {
    var known = schemaOf("13");
    var other =
        new Schema(
            which.equals("header") ? "postgresql 18" : known.header(),
            which.equals("fingerprint") ? "sha256:other" : known.fingerprint(),
            which.equals("history") ? "sha256:other" : known.history());

    assertThat(looking(atThirteen()).ends(seen(other)).settle().activeJob().step())
        .isEqualTo(Step.PROVE);
  }

  @Test
  void driftIsToldWithItsDifferencesAndWhatToDo() {
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
  void theMigrationsMayBuildWhatWasFoundAfterAll() {
    // Another major version prints definitions otherwise: another header, and no drift.
    var cluster = looking(atThirteen()).ends(seen(schemaOf("13 on 18"))).settle();
    var proven = cluster.later(Duration.ofSeconds(9)).ends(proved("13")).settle();

    assertThat(ready(proven)).isEqualTo("True AtVersion");
    assertThat(proven.status().proof().provenAt()).isEqualTo("2026-03-01T13:07:09Z");
    assertThat(proven.status().proof().known()).isNull();
  }

  @Test
  void undoneByHandItIsNoticedWithoutAScratchServer() {
    var healed = looking(drifted(atThirteen())).ends(seen(schemaOf("13")));

    assertThat(DecisionText.of(healed.next().actions())).contains("tell AtVersion");
    assertThat(ready(healed.settle())).isEqualTo("True AtVersion");
    assertThat(proven(healed.settle())).isEqualTo("True Proven");
    assertThat(healed.settle().status().proof().differences()).isNull();
  }

  @Test
  void whatStaysDriftedIsNotProvenAgainAndAgain() {
    var cluster = drifted(atThirteen());
    for (int i = 0; i < 3; i++) {
      var looked = looking(cluster).ends(seen(CHANGED)).settle();

      assertThat(looked.jobs()).noneMatch(ObservedJob::active);
      assertThat(looked.status().proof().first()).isEqualTo(cluster.status().proof().first());
      assertThat(ready(looked)).isEqualTo("False Drifted");
      cluster = looked;
    }
  }

  @Test
  void aFurtherChangeIsComparedAgain() {
    var further = looking(drifted(atThirteen())).ends(seen(schema("a trigger more"))).settle();

    assertThat(further.activeJob().step()).isEqualTo(Step.PROVE);
  }

  @Test
  void aSchemaThatIsNeverTheSameIsNotProvenWithoutEnd() {
    var cluster = looking(atThirteen()).ends(seen(CHANGED)).settle();
    var other = refuted(Step.PROVE, Outcome.DRIFTED, "13", schema("changed again"));

    assertThat(cluster.ends(other).settle().jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void theSameDriftAfterItWasUndoneIsToldAgain() {
    var undone = looking(drifted(atThirteen())).ends(seen(schemaOf("13"))).settle();

    assertThat(ready(drifted(undone))).isEqualTo("False Drifted");
  }

  @Test
  void holdTakesTheVersionAwayUntilItIsUndone() {
    var drifted = drifted(atThirteen().patch(HOLD).settle());

    assertThat(drifted.status().version()).isNull();
    assertThat(looking(drifted).ends(seen(schemaOf("13"))).settle().status().version())
        .isEqualTo("13");
    assertThat(drifted.patch("spec: {drift: {onDrift: Report}}").settle().status().version())
        .isEqualTo("13");
  }

  @Test
  void holdHoldsFromTheMomentAChangeIsSeen() {
    var seen = looking(atThirteen().patch(HOLD).settle()).ends(seen(CHANGED)).settle();

    assertThat(seen.status().version()).isNull();
  }
}
