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
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "not observed | '' | false",
        "observed before the change | 'observedGeneration: 6' | false",
        "begun | 'observedGeneration: 7, conditions: [{type: Progressing, reason: NewReplicaSetCreated}]' | true",
        "in progress | 'observedGeneration: 7, conditions: [{type: Available, reason: MinimumReplicasAvailable}, {type: Progressing, reason: ReplicaSetUpdated}]' | true",
        "too slow | 'observedGeneration: 7, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}]' | true",
        "resumed | 'observedGeneration: 8, conditions: [{type: Progressing, reason: DeploymentResumed}]' | true",
        "complete | 'observedGeneration: 7, conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]' | false",
        "complete, a pod has failed since | 'observedGeneration: 7, replicas: 3, updatedReplicas: 3, availableReplicas: 2, conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]' | false",
        "no deadline, old pods left | 'observedGeneration: 7, replicas: 4, updatedReplicas: 3' | true",
        "no deadline, new pods missing | 'observedGeneration: 7, replicas: 2, updatedReplicas: 2' | true",
        "no deadline, complete | 'observedGeneration: 7, replicas: 3, updatedReplicas: 3' | false"
      })
  void aRollOutIsInProgressFromItsObservationToItsEnd(
      String name, String status, boolean rollsOut) {
    var deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: registry, namespace: glance, generation: 7}
        spec: {replicas: 3, template: {metadata: {}}}
        status: {%s}
        """
            .formatted(status);

    assertThat(Deployments.rollsOut(read(deployment))).as(name).isEqualTo(rollsOut);
  }

  private static Deployment read(String yaml) {
    return FilteredObjects.of(Serialization.unmarshal(yaml, Deployment.class));
  }
}
