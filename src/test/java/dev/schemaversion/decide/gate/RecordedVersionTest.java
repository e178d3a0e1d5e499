package dev.schemaversion.decide.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conditions under which a recorded version counts. */
class RecordedVersionTest {
  private static final String AT_THIRTEEN =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: glance, namespace: glance, generation: 4}
      status: {observedGeneration: 4, version: "13", target: "14"}
      """;

  @Test
  void theStatusOfTheCurrentGenerationCounts() {
    assertThat(RecordedVersion.in(read(AT_THIRTEEN)))
        .isEqualTo(new RecordedVersion(true, "13", "14"));
  }

  @Test
  void theListsOfNamesCountWithTheVersion() {
    var named =
        """
        apiVersion: schemaversion.dev/v1alpha1
        kind: SchemaVersion
        metadata: {name: glance, namespace: glance, generation: 4}
        spec: {migrations: {command: {versions: [liberty, e01, c01]}}}
        status:
          observedGeneration: 4
          version: e01
          target: c01
          reached: [e01, liberty, "0"]
          ahead: [c01]
        """;
    var order = new VersionOrder(List.of("0", "liberty", "e01", "c01"));

    assertThat(RecordedVersion.in(read(named))).isEqualTo(RecordedVersion.of(order, "e01", "c01"));
    assertThat(RecordedVersion.in(read(named.replace("observedGeneration: 4", ""))))
        .isEqualTo(new RecordedVersion(true, null, null));
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "observedGeneration: 4, observedGeneration: 3",
    "observedGeneration: 4, observedGeneration: -1",
    "'observedGeneration: 4, ', ''",
    "generation: 4}, 'generation: 4, deletionTimestamp: \"2026-03-01T12:00:00Z\"}'",
    "'status: {observedGeneration: 4, version: \"13\", target: \"14\"}', ''",
  })
  void aStatusOfAnotherGenerationDoesNotCount(String from, String to) {
    assertThat(AT_THIRTEEN).containsOnlyOnce(from);

    assertThat(RecordedVersion.in(read(AT_THIRTEEN.replace(from, to))))
        .isEqualTo(new RecordedVersion(true, null, null));
  }

  private static SchemaVersion read(String yaml) {
    return Serialization.unmarshal(yaml, SchemaVersion.class);
  }
}
