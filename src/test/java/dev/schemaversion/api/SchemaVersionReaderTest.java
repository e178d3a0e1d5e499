package dev.schemaversion.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A SchemaVersion that was stored under the CRD of a newer release. */
class SchemaVersionReaderTest {
  private static final String RESOURCE =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: glance, namespace: glance, generation: 4}
      spec:
        version: "13"
        database: {engine: PostgreSQL, secretRef: {name: db}}
        migrations: {configMapRefs: [{name: migrations}]}
      status: {observedGeneration: 4, version: "13", held: 0}
      """;

  @Test
  void aResourceOfThisReleaseIsParsedCompletely() throws IOException {
    var yaml = Files.readString(Path.of("src/test/resources/desired/complete/in.yaml"));
    var read = Serialization.unmarshal(yaml, SchemaVersion.class);

    assertThat(read.getUnreadable()).isNull();
    assertThat(Serialization.asYaml(Serialization.clone(read)))
        .isEqualTo(Serialization.asYaml(read));
    assertThat(read.getKind()).isEqualTo("SchemaVersion");
    assertThat(read.getApiVersion()).isEqualTo("schemaversion.dev/v1alpha1");
  }

  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource({
    "engine: PostgreSQL, engine: Oracle2030, spec.database.engine",
    "'{name: db}', '[db]', spec.database.secretRef",
    "'[{name: migrations}]', '[{name: migrations}, 7.5]', spec.migrations.configMapRefs.[1]",
    "held: 0, 'held: {count: 0}', status.held",
    "'observedGeneration: 4', 'observedGeneration: four', status.observedGeneration",
  })
  void anUnknownValueIsReportedAndItsPartIsNull(String from, String to, String field) {
    var read = Serialization.unmarshal(RESOURCE.replace(from, to), SchemaVersion.class);

    assertThat(read.getUnreadable()).isEqualTo(field.replace(".[", "["));
    assertThat(read.getMetadata().getName()).isEqualTo("glance");
    assertThat(read.getSpec() == null).isEqualTo(field.startsWith("spec"));
    assertThat(read.getStatus() == null).isEqualTo(field.startsWith("status"));
    assertThat(Serialization.clone(read).getUnreadable()).isEqualTo(read.getUnreadable());
  }

  @Test
  void aSpecThatIsTooLargeIsNull() {
    var large = "x".repeat(200_000);
    var read =
        Serialization.unmarshal(
            RESOURCE.replaceFirst(
                "version: \"13\"\n  d",
                "job: {nodeSelector: {a: %s}}\n  version: '13'\n  d".formatted(large)),
            SchemaVersion.class);

    assertThat(read.getUnreadable()).isEqualTo("spec (more than 128 KiB)");
    assertThat(Serialization.asYaml(read)).hasSizeLessThan(1_000);
  }

  @Test
  void aFieldOfANewerReleaseIsIgnored() {
    var read =
        Serialization.unmarshal(
            RESOURCE.replace("spec:\n", "spec:\n  invented: {a: [1]}\n"), SchemaVersion.class);

    assertThat(read.getUnreadable()).isNull();
    assertThat(read.getSpec().version()).isEqualTo("13");
  }
}
