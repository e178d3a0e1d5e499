package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.decide.gate.VersionRequirement;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import dev.schemaversion.operator.watch.Kept;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentsTest {
  private static final String HELD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: registry
        namespace: glance
        labels: {schemaversion.dev/requires: glance}
        annotations: {schemaversion.dev/held: "true"}
      spec:
        paused: true
        template:
          metadata:
            annotations: {schemaversion.dev/min-version: "13"}
      """;

  @Test
  void aDeploymentSaysWhatItNeeds() {
    assertThat(Deployments.workload(read(HELD)))
        .isEqualTo(
            new Workload(
                "Deployment",
                "registry",
                new WorkloadRequirements(
                    List.of(new VersionRequirement("glance", "13", null)), null),
                true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"annotations: {other: \"true\"}", "annotations: {}", "annotations: null"})
  void aPauseWithoutTheMarkIsAPersonsOwn(String annotations) {
    var own =
        Deployments.workload(
            read(HELD.replace("annotations: {schemaversion.dev/held: \"true\"}", annotations)));

    assertThat(own.held()).isFalse();
    assertThat(own.needs().names()).containsExactly("glance");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "", "glance", "glance,keystone", "?"})
  void aMarkIsAMarkWhateverItSays(String value) {
    var marked = HELD.replace("\"true\"", "\"" + value + "\"");

    assertThat(Deployments.workload(read(marked)).held()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metadata: {}", "metadata: null", "metadata: {annotations: {other: \"1\"}}"})
  void aTemplateThatSaysNothingNeedsNothingKnown(String metadata) {
    var yaml = HELD.replaceFirst("(?s)template:.*", "template:\n      " + metadata + "\n");

    assertThat(Deployments.workload(read(yaml)).needs().requirements())
        .containsExactly(new VersionRequirement("glance", null, null));
  }

  @Test
  void theAnnotationOfTheDeploymentItselfIsNotTheTemplates() {
    var yaml =
        HELD.replace("\"true\"}", "\"true\", schemaversion.dev/min-version: \"9\"}")
            .replace("schemaversion.dev/min-version: \"13\"", "other: \"1\"");

    assertThat(Deployments.workload(read(yaml)).needs().requirements())
        .containsExactly(new VersionRequirement("glance", null, null));
  }

  private static Deployment read(String yaml) {
    return Kept.of(Serialization.unmarshal(yaml, Deployment.class));
  }
}
