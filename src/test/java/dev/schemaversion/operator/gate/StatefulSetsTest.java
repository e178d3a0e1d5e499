package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.operator.watch.FilteredObjects;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pod of revision b, registry-0, is obsolete if its StatefulSet is at another revision. */
class StatefulSetsTest {
  /** Rolled back from b to a while only one pod had revision b. */
  static final String ROLLED_BACK =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: registry, namespace: glance, uid: set-uid, generation: 3}
      spec: {replicas: 3, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}}
      status: {observedGeneration: 3, currentRevision: registry-a, updateRevision: registry-a}
      """;

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "'', '', rolled back: obsolete, true",
    "updateRevision: registry-a, updateRevision: registry-b, its revision is the update revision, false",
    "updateRevision: registry-a, updateRevision: registry-c, the update revision is a third one, true",
    "observedGeneration: 3, observedGeneration: 2, the controller has not observed the spec yet, false",
    "'observedGeneration: 3, ', '', the controller has never observed it, false",
    "uid: set-uid, uid: another, another StatefulSet of the same name, false",
    "generation: 3}, 'generation: 3, deletionTimestamp: \"2026-03-01T12:00:00Z\"}', it is being deleted, false",
    "', updateRevision: registry-a', '', no revision is known, false",
    "partition: 0, partition: 1, below the partition: the current revision applies, true",
    "'partition: 0}}}\nstatus: {observedGeneration: 3, currentRevision: registry-a', 'partition: 1}}}\nstatus: {observedGeneration: 3, currentRevision: registry-b', below the partition and of the current one, false",
    "'rollingUpdate: {partition: 0}', '', no partition, true",
    "', updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}', ', ordinals: {start: 1}', ordinals from 1: pod 0 is below them, true",
  })
  void aPodIsObsoleteIfItsStatefulSetWouldCreateItFromAnotherRevision(
      String from, String to, String name, boolean obsolete) {
    assertThat(ROLLED_BACK).contains(from);
    var set =
        FilteredObjects.of(
            Serialization.unmarshal(ROLLED_BACK.replace(from, to), StatefulSet.class));

    assertThat(StatefulSets.obsolete(GateFixtures.pod("[]"), set)).isEqualTo(obsolete);
  }
}
