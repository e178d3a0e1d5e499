package dev.schemaversion.decide;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.RunnerReports.foundHistory;
import static dev.schemaversion.decide.RunnerReports.on;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.baselined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded state belongs to one database, and is void for another. */
class AddressTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {database: {host: standby}}",
        "spec: {database: {port: 5433}}",
        "spec: {database: {name: other}}",
        "spec: {database: {schemas: [other]}}",
        "spec: {database: {host: null}}",
        "spec: {migrations: {flyway: {table: other_history}}}"
      })
  void anotherAddressVoidsTheRecordedState(String change) {
    var moved = atThirteen().patch(change).settle();

    assertThat(moved.status().version()).isNull();
    assertThat(moved.status().baseline()).isNull();
    assertThat(moved.status().synced()).isNull();
    assertThat(moved.status().database().server()).isNull();
    assertThat(moved.status().history()).hasSize(2);
    assertThat(moved.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(moved.activeJob().step()).isEqualTo(Step.BASELINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {database: {role: glance_owner}}",
        "spec: {database: {secretRef: {name: other-secret}}}",
        "spec: {database: {tls: {mode: Require}}}",
        "spec: {version: '14'}"
      })
  void otherChangesKeepTheRecordedState(String change) {
    var changed = atThirteen().patch(change).settle();

    assertThat(changed.status().version()).isEqualTo("13");
    assertThat(changed.status().baseline()).isNotNull();
    assertThat(changed.activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void anotherSecretIsAnotherAddressIfItContainsTheAddress() {
    var bySecret = "spec: {database: {host: null, port: null, name: null}}";
    var there =
        applied().patch(bySecret).settle().ends(foundEmpty()).settle().ends(synced("13", 13));
    var moved = there.settle().patch("spec: {database: {secretRef: {name: other}}}").settle();

    assertThat(moved.status().version()).isNull();
  }

  @Test
  void revertingToTheFormerAddressProvesNothing() {
    var back =
        atThirteen()
            .patch("spec: {database: {host: standby}}")
            .settle()
            .patch("spec: {database: {host: postgres}}")
            .settle();

    assertThat(back.status().version()).isNull();
    assertThat(back.activeJob().step()).isEqualTo(Step.BASELINE);
  }

  @Test
  void aJobForAnotherAddressIsOnlyAddedToTheHistory() {
    var moved =
        applied()
            .settle()
            .starts()
            .patch("spec: {database: {host: standby}}")
            .settle()
            .ends(foundHistory("13"))
            .settle();

    assertThat(moved.status().history())
        .singleElement()
        .extracting(Operation::version)
        .isEqualTo("13");
    assertThat(moved.status().version()).isNull();
    assertThat(moved.status().baseline()).isNull();
    assertThat(moved.activeJob().step()).isEqualTo(Step.BASELINE);
    assertThat(moved.activeJob().attempt()).isOne();
  }

  @Test
  void anotherDatabaseAtTheSameAddressRequiresANewBaseline() {
    var changed = failed(Step.SYNC, Outcome.DATABASE_CHANGED);
    var cluster = baselined().ends(on(OTHER_DATABASE, changed));

    assertThat(DecisionText.of(cluster.next().actions()))
        .contains("warning DatabaseChanged", "create baseline 2");
    cluster = cluster.settle();
    assertThat(cluster.status().version()).isNull();
    assertThat(cluster.status().baseline()).isNull();

    // The sync waits after its failed attempt, then goes for the new database.
    cluster = cluster.ends(on(OTHER_DATABASE, foundHistory("12"))).settle();
    assertThat(cluster.status().version()).isEqualTo("12");
    assertThat(DecisionText.of(cluster.later(AN_HOUR).next().actions()))
        .contains("create sync 2 on " + OTHER_DATABASE);
  }
}
