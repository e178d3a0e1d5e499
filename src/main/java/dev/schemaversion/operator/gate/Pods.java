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

/** Pods as workloads. */
public final class Pods {
  /** Whose pods carry which label with the hash that ends their ReplicaSet's name. */
  private static final Map<String, String> MADE_BY_REPLICA_SETS_OF =
      Map.of("pod-template-hash", Deployments.KIND, "rollouts-pod-template-hash", "Rollout");

  private Pods() {}

  /** What a pod needs, told as what made it: a person knows that by its name. */
  public static Workload workload(Pod pod) {
    var owner = owner(pod);
    return owner
        .flatMap(made -> ownerOfReplicaSet(pod, made))
        .or(() -> owner.map(made -> workload(made.getKind(), made.getName(), pod)))
        .orElseGet(() -> workload("Pod", pod.getMetadata().getName(), pod));
  }

  public static WorkloadRequirements needs(Pod pod) {
    return Metadata.needs(pod.getMetadata(), pod.getMetadata());
  }

  /** Whether a gate of ours keeps it from being scheduled. */
  public static boolean gated(Pod pod) {
    return gated(pod.getSpec());
  }

  public static boolean gated(PodSpec spec) {
    return gates(spec).stream().anyMatch(Pods::ours);
  }

  /** The gates of others, in their order. */
  static List<PodSchedulingGate> othersGates(Pod pod) {
    return gates(pod.getSpec()).stream().filter(gate -> !ours(gate)).toList();
  }

  private static boolean ours(PodSchedulingGate gate) {
    return Names.GATE.equals(gate.getName())
        || (gate.getName() != null && gate.getName().startsWith(Names.GATE + "."));
  }

  /** The controller that made it. */
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
    return MADE_BY_REPLICA_SETS_OF.entrySet().stream()
        .filter(made -> labels.containsKey(made.getKey()))
        .filter(made -> owner.getName().endsWith("-" + labels.get(made.getKey())))
        .map(
            made -> {
              var hash = "-" + labels.get(made.getKey());
              var name = owner.getName().substring(0, owner.getName().length() - hash.length());
              return workload(made.getValue(), name, pod);
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
