package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.Names;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps of each labelled pod that waits what the gate looks at. Containers, volumes and status are
 * most of a pod, and there may be thousands.
 */
public final class WaitingPods extends ReducedStore<Pod> {
  /** A gated pod is Pending; what runs needs no watching. */
  static final FieldSelector PENDING =
      new FieldSelector(new FieldSelector.Field(WaitingPods.PHASE, WaitingPods.WAITING));

  static final String PHASE = "status.phase";
  static final String WAITING = "Pending";

  private static final Set<String> LABELS =
      Set.of(
          Names.REQUIRES, StatefulSets.REVISION, "pod-template-hash", "rollouts-pod-template-hash");

  private static final Set<String> ANNOTATIONS =
      Set.of(Names.MIN_VERSION, Names.MAX_VERSION, Names.REQUIREMENTS);

  /** An empty store; made by the Java Operator SDK too. */
  public WaitingPods() {
    super(WaitingPods::reduce);
  }

  private static Pod reduce(Pod pod) {
    var metadata = pod.getMetadata();
    return new PodBuilder()
        .withNewMetadata()
        .withName(metadata.getName())
        .withNamespace(metadata.getNamespace())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .withGeneration(metadata.getGeneration())
        .withCreationTimestamp(metadata.getCreationTimestamp())
        .withDeletionTimestamp(metadata.getDeletionTimestamp())
        .withLabels(only(LABELS, Metadata.labels(metadata)))
        .withAnnotations(only(ANNOTATIONS, Metadata.annotations(metadata)))
        .withOwnerReferences(metadata.getOwnerReferences())
        .endMetadata()
        .withNewSpec()
        .withSchedulingGates(pod.getSpec() == null ? null : pod.getSpec().getSchedulingGates())
        .endSpec()
        .build();
  }

  private static Map<String, String> only(Set<String> kept, Map<String, String> all) {
    return all.entrySet().stream()
        .filter(entry -> kept.contains(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
