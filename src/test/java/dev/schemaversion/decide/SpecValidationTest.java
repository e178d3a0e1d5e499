package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs that the API server stored under an earlier CRD and would reject today. */
class SpecValidationTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{version: latest} | spec.version is not a version",
        "{drift: {interval: often}} | spec.drift.interval is not a duration",
        "{job: {limits: {run: long}}} | spec.job.limits has an invalid duration",
        "{job: {limits: {statement: 99999h}}} | spec.job.limits has a duration above 168h",
        "{migrations: {configMapRefs: []}} | spec.migrations must have exactly one of",
        "{migrations: {command: {image: x}}} | spec.migrations must have exactly one of",
        "{migrations: {configMapRefs: null, command: {image: x}}} | spec.migrations.command requires image, versions, migrate and history.tables",
        "{database: {parameters: {socketFactory: x}}} | spec.database.parameters must not have “socketFactory”; with PostgreSQL these are allowed: connectTimeout, channelBinding",
        "{database: {parameters: {connectTimeout: '61'}}} | connectTimeout must be whole seconds from 1 to 60",
        "{database: {engine: MariaDB, parameters: {channelBinding: require}}} | with MariaDB these are allowed: connectTimeout",
        "{proof: {rehearsal: {mode: Rows, maxSize: much}}} | spec.proof.rehearsal.maxSize is not a size such as 500Mi or 20Gi",
        "{database: {secretRef: {name: null}}} | spec.database.secretRef.name is required",
        "{database: {engine: Oracle2030}} | this release of the operator cannot parse spec.database.engine",
      })
  void anInvalidSpecIsStalledAndStartsNoJob(String spec, String why) {
    var cluster = SimulatedClusters.atThirteen().patch("spec: " + spec);

    var settled = cluster.settle();

    var ready = settled.condition(ConditionType.Ready);
    assertThat(ready.getReason()).isEqualTo("InvalidRequest");
    assertThat(ready.getMessage()).contains(why, "until it is corrected");
    assertThat(settled.status().version()).isNull();
    assertThat(settled.jobs()).isEqualTo(cluster.jobs());
  }
}
