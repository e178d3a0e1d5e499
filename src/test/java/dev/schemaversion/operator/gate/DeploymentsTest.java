package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.decide.gate.VersionRequirement;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import dev.schemaversion.operator.watch.FilteredObjects;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements and hold are read from a Deployment's label, annotations and pod template. */
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
  void theRequirementsAreReadFromLabelAndPodTemplate() {
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
  void aDeploymentPausedWithoutTheMarkIsNotHeld(String annotations) {
    var pausedByUser =
        Deployments.workload(
            read(HELD.replace("annotations: {schemaversion.dev/held: \"true\"}", annotations)));

    assertThat(pausedByUser.held()).isFalse();
    assertThat(pausedByUser.needs().names()).containsExactly("glance");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "", "glance", "glance,keystone", "?"})
  void theMarkHoldsWhateverItsValue(String value) {
    var marked = HELD.replace("\"true\"", "\"" + value + "\"");

    assertThat(Deployments.workload(read(marked)).held()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metadata: {}", "metadata: null", "metadata: {annotations: {other: \"1\"}}"})
  void aTemplateWithoutAnnotationsHasNoMinVersion(String metadata) {
    var yaml = HELD.replaceFirst("(?s)template:.*", "template:\n      " + metadata + "\n");

    assertThat(Deployments.workload(read(yaml)).needs().requirements())
        .containsExactly(new VersionRequirement("glance", null, null));
  }

  @Test
  void theAnnotationsOfTheDeploymentItselfAreIgnored() {
    var yaml =
        HELD.replace("\"true\"}", "\"true\", schemaversion.dev/min-version: \"9\"}")
            .replace("schemaversion.dev/min-version: \"13\"", "other: \"1\"");

    assertThat(Deployments.workload(read(yaml)).needs().requirements())
        .containsExactly(new VersionRequirement("glance", null, null));
  }

  private static Deployment read(String yaml) {
    return FilteredObjects.of(Serialization.unmarshal(yaml, Deployment.class));
  }
}
