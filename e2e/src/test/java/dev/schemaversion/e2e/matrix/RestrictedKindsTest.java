package dev.schemaversion.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The restricted namespaces deny no pod of the matrix: a denied pod would look like a held one. */
class RestrictedKindsTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aRestrictedNamespaceAdmitsThePods(Kind kind) {
    var program = new Program("postgres", "host", "database", "namespace", false);
    for (var need : Need.values()) {
      var manifest =
          Serialization.unmarshal("---\n" + kind.manifest(need, program), JsonNode.class);

      var pods = manifest.findParents("containers");

      assertThat(pods).hasSize(1);
      var pod = pods.getFirst().path("securityContext");
      assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
      assertThat(pods.getFirst().path("containers"))
          .isNotEmpty()
          .allSatisfy(
              container -> {
                var confined = container.path("securityContext");
                assertThat(confined.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(confined.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
              });
    }
  }
}
