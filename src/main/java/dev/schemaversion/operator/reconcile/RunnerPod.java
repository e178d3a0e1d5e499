package dev.schemaversion.operator.reconcile;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.JobFactory;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Reads from the status of a Job's pod how far the runner is, and how it ended. */
final class RunnerPod {
  /** Every container that starts passes through these, so they are not reported. */
  private static final Set<String> NORMAL_WAITING = Set.of("ContainerCreating", "PodInitializing");

  private final Optional<PodStatus> status;
  private final Optional<ContainerStatus> runner;

  RunnerPod(Pod pod) {
    this.status = Optional.ofNullable(pod.getStatus());
    this.runner =
        status.flatMap(
            it ->
                it.getContainerStatuses().stream()
                    .filter(container -> container.getName().equals(JobFactory.CONTAINER))
                    .findFirst());
  }

  State state() {
    if (terminated().isPresent() || isFinished()) {
      return State.ENDED;
    }
    return neverStarted() ? State.PENDING : State.RUNNING;
  }

  /** Whether the runner container has never started in this pod. */
  boolean neverStarted() {
    boolean notStarted =
        containerState()
            .map(state -> state.getRunning() == null && state.getTerminated() == null)
            .orElse(true);
    return notStarted && !isFinished();
  }

  /** Returns how the runner container terminated; empty while it has not. */
  Optional<ContainerStateTerminated> terminated() {
    return containerState().map(ContainerState::getTerminated);
  }

  /** Returns when the runner container started; empty if it has not. */
  Optional<Instant> startedAt() {
    return containerState()
        .map(
            state ->
                state.getTerminated() != null
                    ? state.getTerminated().getStartedAt()
                    : state.getRunning() != null ? state.getRunning().getStartedAt() : null)
        .map(Instant::parse)
        // The kubelet writes the epoch for a container that it could not start.
        .filter(Instant.EPOCH::isBefore);
  }

  /**
   * Returns what the pod or the runner container ended of, such as Evicted or OOMKilled; empty if
   * the runner exited by itself.
   */
  Optional<String> failure() {
    return status
        .map(PodStatus::getReason)
        .or(() -> terminated().flatMap(RunnerPod::containerFailure));
  }

  private static Optional<String> containerFailure(ContainerStateTerminated terminated) {
    var reason = terminated.getReason();
    if (reason == null || Set.of("Completed", "Error").contains(reason)) {
      return Optional.empty();
    }
    // If the container could not be started, the message is the kubelet's error and no report.
    boolean isError =
        terminated.getMessage() != null && Codec.readReport(terminated.getMessage()).isEmpty();
    return Optional.of(isError ? reason + ": " + terminated.getMessage() : reason);
  }

  /** Returns what the pod waits for; empty if it does not wait, or only for a normal start. */
  Optional<String> waiting() {
    return runner.flatMap(RunnerPod::waiting).or(this::initWaiting).or(this::unschedulable);
  }

  private static Optional<String> waiting(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(ContainerState::getWaiting)
        .filter(waiting -> !NORMAL_WAITING.contains(String.valueOf(waiting.getReason())))
        .map(
            waiting ->
                waiting.getMessage() == null
                    ? waiting.getReason()
                    : waiting.getReason() + ": " + waiting.getMessage());
  }

  /** Init containers start before the runner: the scratch server, or a service mesh's proxy. */
  private Optional<String> initWaiting() {
    return status.flatMap(
        it ->
            it.getInitContainerStatuses().stream()
                .flatMap(
                    container ->
                        waiting(container)
                            .map(reason -> container.getName() + ": " + reason)
                            .stream())
                .findFirst());
  }

  private Optional<String> unschedulable() {
    return status.flatMap(
        it ->
            it.getConditions().stream()
                .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
                .map(c -> c.getReason() + ": " + c.getMessage())
                .findFirst());
  }

  private Optional<ContainerState> containerState() {
    return runner.map(ContainerStatus::getState);
  }

  /** Whether all containers have ended for good; true also for a pod that was evicted. */
  private boolean isFinished() {
    return status
        .map(it -> Set.of("Succeeded", "Failed").contains(String.valueOf(it.getPhase())))
        .orElse(false);
  }
}
