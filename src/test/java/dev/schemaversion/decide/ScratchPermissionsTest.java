package dev.schemaversion.decide;

import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.desired.ScratchPermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a resource asks of the scratch server, and the operator's settings do not permit. */
class ScratchPermissionsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          superuser: true                            | spec.proof.scratch.superuser is true, which the operator's settings do not permit | SCHEMAVERSION_SCRATCH_SUPERUSER=true
          extensions: [postgres_fdw]                 | spec.proof.scratch.extensions has postgres_fdw, which                             | SCHEMAVERSION_SCRATCH_EXTENSIONS
          extensions: [dblink, amcheck, plpython3u]  | spec.proof.scratch.extensions has dblink, plpython3u, which                       | They permit amcheck, autoinc
          """)
  void whatIsNotPermittedIsRefusedAndTheGateGoesOn(String asked, String message, String todo) {
    var cluster =
        atThirteen().patch("spec: {version: '14', proof: {scratch: {" + asked + "}}}").settle();

    assertThat(cluster.jobs()).noneMatch(ObservedJob::active);
    assertThat(cluster.condition(ConditionType.Stalled).getReason())
        .isEqualTo("ScratchNotPermitted");
    assertThat(cluster.condition(ConditionType.Stalled).getMessage()).contains(message, todo);
    assertThat(cluster.status().version()).as("still proven").isEqualTo("13");
  }

  @Test
  void anEventSaysItOnce() {
    var asking = atThirteen().patch("spec: {proof: {scratch: {superuser: true}}}");

    assertThat(DecisionText.of(asking.next().actions())).contains("warning ScratchNotPermitted");
    assertThat(DecisionText.of(asking.settle().next().actions())).isEmpty();
  }

  @Test
  void whatIsPermittedGoesToTheRunner() {
    var cluster =
        atThirteen()
            .patch("spec: {version: '14', proof: {scratch: {extensions: [bloom, amcheck]}}}")
            .settle();

    assertThat(cluster.activeJob().step().label()).isEqualTo("sync");
  }

  @Test
  void settingsMayPermitMore() {
    var spec =
        atThirteen()
            .patch("spec: {proof: {scratch: {superuser: true, extensions: [postgres_fdw]}}}")
            .resource()
            .getSpec();

    assertThat(new ScratchPermissions(Set.of("postgres_fdw"), true).problem(spec)).isEmpty();
    assertThat(new ScratchPermissions(Set.of(), true).problem(spec).orElseThrow())
        .contains("They permit none");
    assertThat(spec.database().engine()).isEqualTo(Engine.PostgreSQL);
  }

  @Test
  void itIsForPostgreSqlOnly() {
    var spec =
        atThirteen()
            .patch("spec: {database: {engine: MariaDB}, proof: {scratch: {superuser: true}}}")
            .resource()
            .getSpec();

    assertThat(new ScratchPermissions(Set.of(), true).problem(spec).orElseThrow())
        .contains("are for PostgreSQL");
  }
}
