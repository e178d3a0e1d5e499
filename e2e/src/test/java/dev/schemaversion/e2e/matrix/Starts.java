package dev.schemaversion.e2e.matrix;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Records every start of a container of the matrix that a node reports, also in pods that are
 * deleted later.
 */
final class Starts implements ResourceEventHandler<Pod>, AutoCloseable {
  private final Map<String, Set<Instant>> seen = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Pod> informer;

  /** Starts to record. */
  Starts(KubernetesClient client) {
    informer = client.pods().inAnyNamespace().withLabel("matrix", "workload").inform(this);
  }

  /** Returns the recorded starts of a workload. */
  Set<Instant> of(String namespace, String workload) {
    return seen.getOrDefault(namespace + "/" + workload, Set.of());
  }

  /** A start that the status of a pod reports. */
  static List<Instant> of(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .flatMap(Starts::states)
        .filter(Objects::nonNull)
        .flatMap(Starts::started)
        .map(Instant::parse)
        .toList();
  }

  private static Stream<ContainerState> states(ContainerStatus status) {
    return Stream.of(status.getState(), status.getLastState());
  }

  private static Stream<String> started(ContainerState state) {
    return Stream.concat(
        Stream.ofNullable(state.getRunning()).map(running -> running.getStartedAt()),
        Stream.ofNullable(state.getTerminated()).map(ended -> ended.getStartedAt()));
  }

  @Override
  public void onAdd(Pod pod) {
    var metadata = pod.getMetadata();
    var workload = metadata.getNamespace() + "/" + metadata.getLabels().get("app");
    seen.computeIfAbsent(workload, key -> ConcurrentHashMap.newKeySet()).addAll(of(pod));
  }

  @Override
  public void onUpdate(Pod before, Pod pod) {
    onAdd(pod);
  }

  @Override
  public void onDelete(Pod pod, boolean unknown) {
    onAdd(pod);
  }

  @Override
  public void close() {
    informer.close();
  }
}
