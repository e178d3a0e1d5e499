package dev.schemaversion.desired;

import static dev.schemaversion.desired.DesiredJobs.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Step;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which changes make another Job, and which make a sync due. */
class JobInputsTest {
  private static final String RESOURCE =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata:
        name: glance
        namespace: glance
        generation: 1
        labels: {team: glance}
        annotations: {note: none}
      spec:
        version: "13"
        database:
          engine: PostgreSQL
          host: postgres
          port: 5432
          name: glance
          schemas: [public]
          role: owner
          tls: {mode: VerifyFull, caRef: {configMap: ca, key: ca.crt}}
          secretRef: {name: glance-db}
        migrations:
          configMapRefs: [{name: glance-migrations}]
          flyway: {table: history, placeholders: {a: one, b: two}, outOfOrder: false}
        baseline: {version: "9"}
        job: {nodeSelector: {disk: slow}}
        suspend: false
      status: {observedGeneration: -1}
      """;

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "'version: \"13\"', 'version: \"14\"'",
    "host: postgres, host: standby",
    "port: 5432, port: 5433",
    "'name: glance\n    schemas', 'name: glans\n    schemas'",
    "[public], '[public, other]'",
    "role: owner, role: other",
    "mode: VerifyFull, mode: Require",
    "name: glance-db, name: other-db",
    "a: one, a: three",
    "'a: one, ', ''",
    "table: history, table: other",
    "outOfOrder: false, outOfOrder: true",
    "'[{name: glance-migrations}]', '[{name: glance-migrations}, {name: more}]'"
  })
  void aChangedRequestMakesAnotherJob(String from, String to) {
    for (var step : Step.values()) {
      assertThat(inputs(step, changed(from, to)).digest())
          .isNotEqualTo(defaultInputs(step).digest());
      assertThat(inputs(step, changed(from, to)).id()).isNotEqualTo(defaultInputs(step).id());
    }
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "team: glance, team: nova",
    "note: none, note: some",
    "generation: 1, generation: 2",
    "disk: slow, disk: fast",
    "suspend: false, suspend: true",
    "observedGeneration: -1, observedGeneration: 7",
    "key: ca.crt, key: other.crt",
    // The content counts, not the name.
    "name: glance-migrations, name: other-migrations",
    "'a: one, b: two', 'b: two, a: one'"
  })
  void otherChangesMakeNoOtherJob(String from, String to) {
    for (var step : Step.values()) {
      assertThat(inputs(step, changed(from, to))).isEqualTo(defaultInputs(step));
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherMigrationsMakeAnotherJob(Step step) {
    var others = JobInputs.of(read(RESOURCE), step, "sha256:" + "b2".repeat(32), "");

    assertThat(others.digest()).isNotEqualTo(defaultInputs(step).digest());
    assertThat(others.id()).isNotEqualTo(defaultInputs(step).id());
  }

  @ParameterizedTest
  @EnumSource
  void aRetryMakesAnotherJobButNoSyncDue(Step step) {
    var retry = inputs(step, changed("note: none", "schemaversion.dev/retry: now"));

    assertThat(retry.id()).isNotEqualTo(defaultInputs(step).id());
    assertThat(retry.digest()).isEqualTo(defaultInputs(step).digest());
  }

  @ParameterizedTest
  @EnumSource
  void connectionParametersMakeAnotherJobButNoSyncDue(Step step) {
    var host = "host: postgres";
    var others =
        Stream.of("connectTimeout: '30'", "connectTimeout: '31'", "channelBinding: require")
            .map(each -> inputs(step, changed(host, host + "\n    parameters: {" + each + "}")))
            .toList();

    assertThat(inputs(step, changed(host, host + "\n    parameters: {}")))
        .isEqualTo(defaultInputs(step));
    assertThat(others)
        .extracting(JobInputs::id)
        .doesNotHaveDuplicates()
        .doesNotContain(defaultInputs(step).id());
    assertThat(others).extracting(JobInputs::digest).containsOnly(defaultInputs(step).digest());
  }

  @ParameterizedTest
  @EnumSource
  void limitsMakeAnotherJobButNoSyncDue(Step step) {
    var job = "job: {nodeSelector: {disk: slow}}";
    var expected = inputs(step, changed(job, "job: {limits: {lockWait: 5s}}"));
    var others =
        Stream.of("run: 30m", "lockWait: 1m", "statement: 1h30m", "rewrite: 1Gi")
            .map(limit -> inputs(step, changed(job, "job: {limits: {" + limit + "}}")))
            .toList();

    assertThat(inputs(step, changed(job, "job: {limits: {}}"))).isEqualTo(expected);
    assertThat(others)
        .extracting(JobInputs::id)
        .doesNotHaveDuplicates()
        .doesNotContain(expected.id());
    assertThat(others).extracting(JobInputs::digest).containsOnly(defaultInputs(step).digest());
  }

  @Test
  void theBaselineVersionCountsForTheBaselineOnly() {
    var other = changed("version: \"9\"", "version: \"10\"");

    assertThat(inputs(Step.BASELINE, other)).isNotEqualTo(defaultInputs(Step.BASELINE));
    assertThat(inputs(Step.SYNC, other)).isEqualTo(defaultInputs(Step.SYNC));
  }

  @ParameterizedTest
  @EnumSource
  void referenceAndPathOfAnImageAreInputs(Step step) {
    var refs = "configMapRefs: [{name: glance-migrations}]";
    var image = changed(refs, "image: {reference: 'r/m:13', path: /migrations}");
    var expected = JobInputs.of(image, step, "r/m:13", "");

    assertThat(expected.digest()).isNotEqualTo(defaultInputs(step).digest());
    assertThat(inputs(step, changed(refs, "image: {reference: 'r/m:13'}"))).isEqualTo(expected);
    assertThat(inputs(step, changed(refs, "image: {reference: 'r/m:14'}"))).isNotEqualTo(expected);
    assertThat(inputs(step, changed(refs, "image: {reference: 'r/m:13', path: /m}")))
        .isNotEqualTo(expected);
  }

  @Test
  void twoStepsHaveDifferentInputs() {
    assertThat(defaultInputs(Step.BASELINE)).isNotEqualTo(defaultInputs(Step.SYNC));
  }

  @Test
  void omittedFieldsCountAsTheirDefaults() {
    var given =
        "flyway: {table: flyway_schema_history, placeholders: {}, outOfOrder: false,"
            + " sqlMigrationPrefix: V, sqlMigrationSuffixes: [.sql]}";
    var flyway = "flyway: {table: history, placeholders: {a: one, b: two}, outOfOrder: false}";
    var explicit = inputs(Step.SYNC, changed(flyway, given));

    assertThat(inputs(Step.SYNC, changed(flyway, "flyway: {}"))).isEqualTo(explicit);
    assertThat(inputs(Step.SYNC, changed(flyway, "flyway: null"))).isEqualTo(explicit);
    assertThat(DatabaseAddress.of(changed(flyway, "flyway: null").getSpec()))
        .isEqualTo(DatabaseAddress.of(changed(flyway, given).getSpec()));
  }

  @Test
  void theIdFitsALabelAndTheDigestNamesItsAlgorithm() {
    assertThat(defaultInputs(Step.SYNC).id()).matches("[0-9a-f]{8}");
    assertThat(defaultInputs(Step.SYNC).digest()).matches("sha256:[0-9a-f]{64}");
  }

  private static JobInputs defaultInputs(Step step) {
    return inputs(step, read(RESOURCE));
  }

  private static JobInputs inputs(Step step, SchemaVersion resource) {
    return JobInputs.of(resource, step, DesiredJobs.MIGRATIONS, "");
  }

  private static SchemaVersion changed(String from, String to) {
    assertThat(RESOURCE).containsOnlyOnce(from);
    return read(RESOURCE.replace(from, to));
  }
}
