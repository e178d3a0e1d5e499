package dev.schemaversion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.operator.Main;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** An object with a very long key must not end the watch of all objects. */
class LongKeysTest {
  @Test
  void aKeyOfSixtyThousandCharactersIsRead() {
    Main.allowLongKeys();
    var key = "k".repeat(60_000);

    var read =
        new KubernetesSerialization()
            .unmarshal(
                """
                {"apiVersion": "schemaversion.dev/v1alpha1", "kind": "SchemaVersion",
                 "metadata": {"name": "a"}, "spec": {"job": {"nodeSelector": {"%s": "v"}}}}
                """
                    .formatted(key),
                SchemaVersion.class);

    assertThat(read.getSpec().job().nodeSelector()).containsOnlyKeys(key);
  }
}
