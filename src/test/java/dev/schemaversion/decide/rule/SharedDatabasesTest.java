package dev.schemaversion.decide.rule;

import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two resources that manage the same database. */
class SharedDatabasesTest {
  private static final String OLDER = "2026-02-01T00:00:00Z";
  private static final String YOUNGER = "2026-03-01T11:59:00Z";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "the same address in one namespace | true | glance | {}",
        "the same database by another host name | true | glance | {database: {host: db.example.org}}",
        "the same database from another namespace | true | other | {}",
        "another wish | true | other | {version: '14'}",
        "another history table | false | glance | {migrations: {flyway: {table: nova_history}}}",
        "another history table from another namespace | false | other | {migrations: {flyway: {table: nova_history}}}",
        "another schema | false | glance | {database: {schemas: [nova]}}",
      })
  void haveACommonKeyByServerIdentityOrAddress(
      String what, boolean shared, String namespace, String spec) {
    var other =
        applied()
            .patch("metadata: {namespace: %s, uid: other}\nspec: %s".formatted(namespace, spec))
            .settle()
            .ends(RunnerReports.foundEmpty())
            .settle();

    assertThat(
            Collections.disjoint(
                SharedDatabases.keys(other.resource()),
                SharedDatabases.keys(atThirteen().resource())))
        .isEqualTo(!shared);
  }

  @Test
  void anotherServerIdentityIsAnotherDatabase() {
    var other =
        applied()
            .patch("metadata: {namespace: other, uid: other}")
            .settle()
            .ends(RunnerReports.on(SimulatedClusters.OTHER_DATABASE, RunnerReports.foundEmpty()))
            .settle();

    assertThat(SharedDatabases.keys(other.resource()))
        .doesNotContainAnyElementsOf(SharedDatabases.keys(atThirteen().resource()));
  }

  @Test
  void serversWithoutAnIdentityShareNoKey() {
    var one = ofUnknownServer("one");
    var other = ofUnknownServer("other");

    assertThat(SharedDatabases.keys(other.resource()))
        .doesNotContainAnyElementsOf(SharedDatabases.keys(one.resource()));
  }

  private static SimulatedCluster ofUnknownServer(String namespace) {
    return applied()
        .patch("metadata: {namespace: %s, uid: %s}".formatted(namespace, namespace))
        .settle()
        .ends(
            RunnerReports.on(
                new DatabaseIdentity(DatabaseIdentity.UNKNOWN, "glance"),
                RunnerReports.foundEmpty()))
        .settle();
  }

  @Test
  void theIdentityAtAnotherAddressDoesNotCount() {
    var moved = atThirteen().patch("spec: {database: {host: standby}}");

    assertThat(SharedDatabases.keys(moved.resource()))
        .doesNotContainAnyElementsOf(SharedDatabases.keys(atThirteen().resource()));
  }

  @Test
  void theYoungerOneIsStalledAndNamesTheOlderOne() {
    var cluster = applied().patch(created(YOUNGER)).sharedWith(other(OLDER, "13"));

    assertThat(DecisionText.of(cluster.next().actions())).containsExactly("warning DatabaseShared");
    var settled = cluster.settle();
    assertThat(settled.condition(ConditionType.Stalled).getReason()).isEqualTo("DatabaseShared");
    assertThat(settled.condition(ConditionType.Stalled).getMessage())
        .contains("other/glance", "schemaversion.dev/shares-with=other/glance");
    assertThat(settled.next().actions()).isEmpty();
    assertThat(settled.jobs()).isEmpty();
  }

  @Test
  void theOlderOneProceedsAndNamesTheYoungerOne() {
    var alone = applied().patch(created(OLDER));
    var cluster = alone.sharedWith(other(YOUNGER, "14"));

    assertThat(DecisionText.of(cluster.next().actions()))
        .containsExactly("add finalizer", "warning DatabaseShared", "create baseline 1");
    var there =
        cluster
            .settle()
            .ends(RunnerReports.foundEmpty())
            .settle()
            .ends(RunnerReports.synced("13", 13));
    assertThat(there.settle().condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(there.settle().condition(ConditionType.Ready).getMessage())
        .contains("other/glance", "is blocked");
    assertThat(there.settle().next().actions()).isEmpty();
  }

  @Test
  void aBlockedResourceIsNotReadyButReleasesWorkloadsForBothVersions() {
    var cluster = atThirteen().patch(created(YOUNGER)).sharedWith(other(OLDER, "14")).settle();

    assertThat(cluster.condition(ConditionType.Ready).getReason()).isEqualTo("DatabaseShared");
    assertThat(cluster.status().version()).isEqualTo("13");
    assertThat(cluster.status().target()).as("the other one's").isEqualTo("14");
  }

  @Test
  void aRunningJobContinues() {
    var cluster =
        applied().patch(created(YOUNGER)).settle().starts().sharedWith(other(OLDER, "13")).settle();

    assertThat(cluster.condition(ConditionType.Ready).getReason()).isEqualTo("BaselineRunning");
    assertThat(cluster.jobs()).hasSize(1);
  }

  @Test
  void withTheAnnotationTheYoungerOneProceeds() {
    var cluster =
        applied()
            .patch(created(YOUNGER))
            .patch("metadata: {annotations: {schemaversion.dev/shares-with: other/glance}}")
            .sharedWith(other(OLDER, "13"));

    assertThat(DecisionText.of(cluster.next().actions()))
        .containsExactly("add finalizer", "create baseline 1");
  }

  @Test
  void whenTheOlderOneIsDeletedTheYoungerOneProceeds() {
    var cluster = applied().patch(created(YOUNGER)).sharedWith(other(OLDER, "13")).settle();

    assertThat(DecisionText.of(cluster.sharedWith(new SchemaVersion[0]).next().actions()))
        .containsExactly("add finalizer", "create baseline 1");
  }

  private static String created(String at) {
    return "metadata: {creationTimestamp: '%s'}".formatted(at);
  }

  private static SchemaVersion other(String created, String version) {
    return applied()
        .patch("metadata: {namespace: other, uid: other}\nspec: {version: '%s'}".formatted(version))
        .patch(created(created))
        .resource();
  }
}
