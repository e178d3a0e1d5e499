package dev.schemaversion.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.gate.RecordedVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trimmed cache of SchemaVersions is sufficient for the gate's verdicts. */
class RecordedVersionStoreTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "status: {observedGeneration: 4, version: '13', target: '14'}",
        "status: {observedGeneration: 4, version: '13'}",
        "status: {observedGeneration: 3, version: '13'}",
        "status: {observedGeneration: -1}",
        "spec: {version: '13'}",
      })
  void theRecordedVersionIsTheSameAsInTheWholeResource(String rest) {
    var yaml =
        """
        apiVersion: schemaversion.dev/v1alpha1
        kind: SchemaVersion
        metadata: {name: glance, namespace: glance, generation: 4%s, annotations: {noise: noise}}
        """
            + rest;
    for (var deleted : new String[] {"", ", deletionTimestamp: '2026-03-01T12:00:00Z'"}) {
      var resource = Serialization.unmarshal(yaml.formatted(deleted), SchemaVersion.class);
      var store = new RecordedVersionStore();
      store.put(store.getKey(resource), resource);
      var kept = store.get("glance/glance");

      assertThat(RecordedVersion.in(kept)).isEqualTo(RecordedVersion.in(resource));
      assertThat(Serialization.asYaml(kept)).doesNotContain("noise", "spec");
    }
  }

  @Test
  void ofACommandTheVersionsAreKept() {
    var yaml =
        """
        apiVersion: schemaversion.dev/v1alpha1
        kind: SchemaVersion
        metadata: {name: glance, namespace: glance, generation: 4}
        spec:
          version: e01
          migrations: {command: {image: noise, versions: [liberty, e01, c01]}}
        status:
          observedGeneration: 4
          version: e01
          target: c01
          reached: [e01, liberty, "0"]
          ahead: [c01]
        """;
    var resource = Serialization.unmarshal(yaml, SchemaVersion.class);
    var store = new RecordedVersionStore();
    store.put(store.getKey(resource), resource);
    store.put(store.getKey(resource), store.get("glance/glance"));
    var kept = store.get("glance/glance");

    assertThat(RecordedVersion.in(kept)).isEqualTo(RecordedVersion.in(resource));
    assertThat(RecordedVersion.in(kept).order().names())
        .containsExactly("0", "liberty", "e01", "c01");
    assertThat(Serialization.asYaml(kept)).doesNotContain("noise");
  }
}
