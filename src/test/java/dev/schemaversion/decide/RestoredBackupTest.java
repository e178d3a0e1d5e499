package dev.schemaversion.decide;

import static dev.schemaversion.decide.DriftFixtures.verifying;
import static dev.schemaversion.decide.RunnerReports.proved;
import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schemaOf;
import static dev.schemaversion.decide.RunnerReports.verified;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import org.junit.jupiter.api.Test;

/** A database whose version becomes lower because a backup was restored. */
class RestoredBackupTest {
  @Test
  void theFormerVersionIsWithdrawn() {
    var restored = verifying(atThirteen()).ends(verified("9", schemaOf("9"))).settle();

    assertThat(restored.status().version()).as("onDrift: Report").isNull();
    assertThat(restored.activeJob().step()).isEqualTo(Step.PROVE);
  }

  @Test
  void anEventReportsTheWithdrawal() {
    var older = verifying(atThirteen()).ends(verified("9", schemaOf("9")));
    var wiped = verifying(atThirteen()).ends(verified(null, schemaOf(null)));
    var drifted = verifying(atThirteen()).ends(verified(RunnerReports.schema("an index dropped")));

    assertThat(DecisionText.of(older.next().actions())).contains("warning VersionWithdrawn");
    assertThat(DecisionText.of(wiped.next().actions())).contains("warning VersionWithdrawn");
    assertThat(DecisionText.of(drifted.next().actions()))
        .doesNotContain("warning VersionWithdrawn");
  }

  @Test
  void theRestoredVersionIsProvenAndThenMigrated() {
    var proven =
        verifying(atThirteen())
            .ends(verified("9", schemaOf("9")))
            .settle()
            .ends(proved("9"))
            .settle();

    assertThat(proven.status().version()).isEqualTo("9");
    assertThat(proven.activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void aProofAlsoWithdrawsTheVersion() {
    var found =
        verifying(atThirteen())
            .ends(verified(RunnerReports.schema("an index dropped")))
            .settle()
            .ends(refuted(Step.PROVE, Outcome.DRIFTED, "9", schemaOf("9")))
            .settle();

    assertThat(found.status().version()).isNull();
    assertThat(found.status().synced()).isNull();
  }

  @Test
  void withoutAHistoryANewBaselineIsRequired() {
    var wiped = verifying(atThirteen()).ends(verified(null, schemaOf(null))).settle();

    assertThat(wiped.status().version()).isNull();
    assertThat(wiped.status().baseline()).isNull();
    assertThat(wiped.activeJob().step()).isEqualTo(Step.BASELINE);
  }
}
