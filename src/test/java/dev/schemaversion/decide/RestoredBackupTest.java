package dev.schemaversion.decide;

import static dev.schemaversion.decide.DriftFixtures.looking;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.proved;
import static dev.schemaversion.decide.SimulatedClusters.refuted;
import static dev.schemaversion.decide.SimulatedClusters.schemaOf;
import static dev.schemaversion.decide.SimulatedClusters.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import org.junit.jupiter.api.Test;

/** A database that goes back to an earlier version behind the operator's back. */
class RestoredBackupTest {
  @Test
  void noWorkloadMayRelyOnTheVersionThatWas() {
    var restored = looking(atThirteen()).ends(seen("9", schemaOf("9"))).settle();

    assertThat(restored.status().version()).as("onDrift: Report").isNull();
    assertThat(restored.activeJob().step()).isEqualTo(Step.PROVE);
  }

  @Test
  void itIsToldOnTheResource() {
    var older = looking(atThirteen()).ends(seen("9", schemaOf("9")));
    var wiped = looking(atThirteen()).ends(seen(null, schemaOf(null)));
    var drifted = looking(atThirteen()).ends(seen(SimulatedClusters.schema("an index dropped")));

    assertThat(DecisionText.of(older.next().actions())).contains("warn VersionWithdrawn");
    assertThat(DecisionText.of(wiped.next().actions())).contains("warn VersionWithdrawn");
    assertThat(DecisionText.of(drifted.next().actions())).doesNotContain("warn VersionWithdrawn");
  }

  @Test
  void whatItIsNowIsProvenAndThenMigrated() {
    var proven =
        looking(atThirteen()).ends(seen("9", schemaOf("9"))).settle().ends(proved("9")).settle();

    assertThat(proven.status().version()).isEqualTo("9");
    assertThat(proven.activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void foundByAProofItIsNoLessWithdrawn() {
    var found =
        looking(atThirteen())
            .ends(seen(SimulatedClusters.schema("an index dropped")))
            .settle()
            .ends(refuted(Step.PROVE, Outcome.DRIFTED, "9", schemaOf("9")))
            .settle();

    assertThat(found.status().version()).isNull();
    assertThat(found.status().synced()).isNull();
  }

  @Test
  void withoutAnyHistoryItBeginsAnew() {
    var wiped = looking(atThirteen()).ends(seen(null, schemaOf(null))).settle();

    assertThat(wiped.status().version()).isNull();
    assertThat(wiped.status().baseline()).isNull();
    assertThat(wiped.activeJob().step()).isEqualTo(Step.BASELINE);
  }
}
