package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads pods as workloads. */
public final class Pods {
  /**
   * The kinds that own ReplicaSets, by the label of their pods with the hash that ends the
   * ReplicaSet's name.
   */
  private static final Map<String, String> REPLICA_SET_OWNERS =
      Map.of("pod-template-hash", Deployments.KIND, "rollouts-pod-template-hash", "Rollout");

  private Pods() {}

  /**
   * Returns what a pod requires, under the name of its top-level owner: users know a Deployment by
   * its name, and not its pods.
   */
  public static Workload workload(Pod pod) {
    var owner = owner(pod);
    return owner
        .flatMap(controller -> ownerOfReplicaSet(pod, controller))
        .or(
            () ->
                owner.map(controller -> workload(controller.getKind(), controller.getName(), pod)))
        .orElseGet(() -> workload("Pod", pod.getMetadata().getName(), pod));
  }

  public static WorkloadRequirements needs(Pod pod) {
    return Metadata.needs(pod.getMetadata(), pod.getMetadata());
  }

  /** Whether a scheduling gate of this operator holds the pod. */
  public static boolean gated(Pod pod) {
    return gated(pod.getSpec());
  }

  public static boolean gated(PodSpec spec) {
    return gates(spec).stream().anyMatch(Pods::ours);
  }

  /** Returns the scheduling gates of other controllers, in their order. */
  static List<PodSchedulingGate> othersGates(Pod pod) {
    return gates(pod.getSpec()).stream().filter(gate -> !ours(gate)).toList();
  }

  private static boolean ours(PodSchedulingGate gate) {
    return Names.GATE.equals(gate.getName())
        || (gate.getName() != null && gate.getName().startsWith(Names.GATE + "."));
  }

  /** Returns the pod's controller. */
  static Optional<OwnerReference> owner(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }

  private static Optional<Workload> ownerOfReplicaSet(Pod pod, OwnerReference owner) {
    if (!owner.getKind().equals("ReplicaSet")) {
      return Optional.empty();
    }
    var labels = Metadata.labels(pod.getMetadata());
    return REPLICA_SET_OWNERS.entrySet().stream()
        .filter(kind -> labels.containsKey(kind.getKey()))
        .filter(kind -> owner.getName().endsWith("-" + labels.get(kind.getKey())))
        .map(
            kind -> {
              var hash = "-" + labels.get(kind.getKey());
              var name = owner.getName().substring(0, owner.getName().length() - hash.length());
              return workload(kind.getValue(), name, pod);
            })
        .findFirst();
  }

  private static Workload workload(String kind, String name, Pod pod) {
    return new Workload(kind, name, needs(pod), gated(pod));
  }

  private static List<PodSchedulingGate> gates(PodSpec spec) {
    return spec == null
        ? List.of()
        : Objects.requireNonNullElse(spec.getSchedulingGates(), List.of());
  }
}
