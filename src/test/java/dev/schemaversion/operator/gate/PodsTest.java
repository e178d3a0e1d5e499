package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.operator.watch.FilteredObjects;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirements, owner and gates are read from a pod. */
class PodsTest {
  @ParameterizedTest(name = "{0}, labels {1}: {2}")
  @CsvSource({
    "'{kind: StatefulSet, name: db, controller: true}', '', StatefulSet db",
    "'{kind: DaemonSet, name: agent, controller: true}', '', DaemonSet agent",
    "'{kind: Job, name: report-1, controller: true}', '', Job report-1",
    "'{kind: ReplicaSet, name: registry-7d4, controller: true}', ', pod-template-hash: 7d4', Deployment registry",
    "'{kind: ReplicaSet, name: registry-7d4, controller: true}', ', rollouts-pod-template-hash: 7d4', Rollout registry",
    "'{kind: ReplicaSet, name: registry-7d4, controller: true}', '', ReplicaSet registry-7d4",
    "'{kind: ReplicaSet, name: registry, controller: true}', ', pod-template-hash: 7d4', ReplicaSet registry",
    "'{kind: StatefulSet, name: a-7d4, controller: true}', ', pod-template-hash: 7d4', StatefulSet a-7d4",
    "'{kind: Cluster, name: db, controller: true}', '', Cluster db",
    "'{kind: Node, name: n}', '', Pod registry-7d4-x2x",
    "'', '', Pod registry-7d4-x2x",
  })
  void aPodIsReportedUnderItsTopLevelOwner(String owner, String labels, String expected) {
    var workload =
        Pods.workload(
            read(
                """
      apiVersion: v1
      kind: Pod
      metadata:
        name: registry-7d4-x2x
        namespace: glance
        labels: {schemaversion.dev/requires: glance%s}
        annotations: {schemaversion.dev/min-version: "13"}
        ownerReferences: [%s]
      spec:
        schedulingGates: [{name: other}, {name: schemaversion.dev/schema}]
      """
                    .formatted(labels, owner)));

    assertThat(workload.kind() + " " + workload.name()).isEqualTo(expected);
    assertThat(workload.needs().names()).containsExactly("glance");
    assertThat(workload.held()).isTrue();
  }

  @ParameterizedTest(name = "{0}: gated {1}, other gates {2}")
  @CsvSource({
    "'[{name: schemaversion.dev/schema}]', true, ''",
    "'[{name: schemaversion.dev/schema.keystone}]', true, ''",
    "'[{name: a}, {name: schemaversion.dev/schema}, {name: b}]', true, a b",
    "'[{name: schemaversion.dev/schemas}]', false, schemaversion.dev/schemas",
    "'[{name: schemaversion.dev/other}]', false, schemaversion.dev/other",
    "'[{name: x.schemaversion.dev/schema}]', false, x.schemaversion.dev/schema",
    "'[]', false, ''",
    "'null', false, ''",
  })
  void onlyTheOperatorsGatesCount(String gates, boolean gated, String others) {
    var pod = GateFixtures.pod(gates);

    assertThat(Pods.gated(pod)).isEqualTo(gated);
    assertThat(
            String.join(
                " ", Pods.othersGates(pod).stream().map(PodSchedulingGate::getName).toList()))
        .isEqualTo(others);
  }

  @Test
  void theFilteredPodHasExactlyTheNeededFields() {
    var pod = GateFixtures.pod("[{name: other}, {name: schemaversion.dev/schema}]");
    pod.getMetadata().getLabels().put("team", "noise");
    pod.getMetadata().getAnnotations().put("kubectl.kubernetes.io/last-applied", "noise");
    var kept = FilteredObjects.of(pod);

    assertThat(Pods.workload(kept)).isEqualTo(Pods.workload(pod));
    assertThat(Pods.othersGates(kept)).isEqualTo(Pods.othersGates(pod));
    assertThat(Pods.owner(kept)).isEqualTo(Pods.owner(pod));
    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(kept.getMetadata().getUid()).isEqualTo("pod-uid");
    assertThat(kept.getMetadata().getLabels()).containsEntry(StatefulSets.REVISION, "registry-b");
    assertThat(kept.getMetadata().getCreationTimestamp()).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(Serialization.asYaml(kept)).doesNotContain("noise", "image", "containers:\n");
  }

  private static Pod read(String yaml) {
    return FilteredObjects.of(Serialization.unmarshal(yaml, Pod.class));
  }
}
