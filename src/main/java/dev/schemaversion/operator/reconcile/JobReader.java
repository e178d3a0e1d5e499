package dev.schemaversion.operator.reconcile;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a Job together with its pod. The pod knows first, and knows the report. */
final class JobReader {
  /** What every pod goes through; not worth telling. */
  private static final Set<String> DEFAULT = Set.of("ContainerCreating", "PodInitializing");

  private static final Pattern ATTEMPT = Pattern.compile("[1-9][0-9]{0,8}");

  private JobReader() {}

  /** The Job as {@code decide} sees it; empty for one that is not ours in spite of its label. */
  static Optional<ObservedJob> read(Job job, Collection<Pod> pods) {
    var labels =
        Objects.requireNonNullElse(job.getMetadata().getLabels(), Map.<String, String>of());
    var step = step(labels.get(Labels.STEP));
    var attempt = attempt(labels.get(Labels.ATTEMPT));
    if (step.isEmpty() || attempt.isEmpty() || labels.get(Labels.INPUTS) == null) {
      return Optional.empty();
    }
    var pod =
        pods.stream()
            .filter(candidate -> owned(candidate, job))
            .max(Comparator.comparing(candidate -> candidate.getMetadata().getCreationTimestamp()));
    var container = pod.flatMap(JobReader::runner);
    var ended = container.map(ContainerStatus::getState).map(ContainerState::getTerminated);
    var annotations =
        Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of());
    return Optional.of(
        new ObservedJob(
            job.getMetadata().getName(),
            job.getMetadata().getUid(),
            step.get(),
            labels.get(Labels.INPUTS),
            annotations.get(Labels.INPUTS_DIGEST),
            annotations.get(Labels.ADDRESS),
            annotations.get(Labels.TEMPLATE),
            attempt.get(),
            state(job, pod, container),
            pod.map(JobReader::waiting).orElse(null),
            ended.flatMap(end -> Codec.readReport(end.getMessage())).orElse(null),
            ended.map(ContainerStateTerminated::getExitCode).orElse(null),
            lost(pod, ended),
            !job.getMetadata().getOwnerReferences().isEmpty(),
            Instant.parse(job.getMetadata().getCreationTimestamp()),
            startedAt(container),
            ended.map(ContainerStateTerminated::getFinishedAt).map(Instant::parse).orElse(null)));
  }

  /** Whether the runner's container has never started in this pod. */
  static boolean neverStarted(Pod pod) {
    return runner(pod).map(JobReader::notStarted).orElse(true) && !over(pod);
  }

  private static Optional<Step> step(String label) {
    return List.of(Step.values()).stream().filter(step -> step.label().equals(label)).findFirst();
  }

  private static Optional<Integer> attempt(String label) {
    return Optional.ofNullable(label)
        .filter(text -> ATTEMPT.matcher(text).matches())
        .map(Integer::valueOf);
  }

  private static boolean owned(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(job.getMetadata().getUid()));
  }

  private static Optional<ContainerStatus> runner(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream()
            .filter(container -> container.getName().equals(JobFactory.CONTAINER))
            .findFirst();
  }

  private static State state(Job job, Optional<Pod> pod, Optional<ContainerStatus> container) {
    if (pod.isEmpty()) {
      return stateWithoutPod(job);
    }
    boolean terminated =
        container.map(ContainerStatus::getState).map(ContainerState::getTerminated).isPresent();
    if (terminated || over(pod.get())) {
      return State.ENDED;
    }
    return neverStarted(pod.get()) ? State.PENDING : State.RUNNING;
  }

  /** The pod is gone, or not there yet, or the cache of pods lags behind. */
  private static State stateWithoutPod(Job job) {
    if (finished(job)) {
      return State.ENDED;
    }
    var status = job.getStatus();
    boolean never =
        status == null
            || (Objects.requireNonNullElse(status.getActive(), 0) == 0
                && Objects.requireNonNullElse(status.getFailed(), 0) == 0
                && Objects.requireNonNullElse(status.getSucceeded(), 0) == 0);
    return never ? State.PENDING : State.RUNNING;
  }

  private static boolean finished(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    Set.of("Complete", "Failed").contains(condition.getType())
                        && condition.getStatus().equals("True"));
  }

  private static boolean over(Pod pod) {
    return pod.getStatus() != null
        && Set.of("Succeeded", "Failed").contains(String.valueOf(pod.getStatus().getPhase()));
  }

  private static boolean notStarted(ContainerStatus container) {
    var state = container.getState();
    return state == null || (state.getRunning() == null && state.getTerminated() == null);
  }

  private static Instant startedAt(Optional<ContainerStatus> container) {
    return container
        .map(ContainerStatus::getState)
        .map(
            state ->
                state.getTerminated() != null
                    ? state.getTerminated().getStartedAt()
                    : state.getRunning() != null ? state.getRunning().getStartedAt() : null)
        .map(Instant::parse)
        // What the kubelet writes for a container that it could not start.
        .filter(Instant.EPOCH::isBefore)
        .orElse(null);
  }

  private static String lost(Optional<Pod> pod, Optional<ContainerStateTerminated> ended) {
    return pod.map(Pod::getStatus)
        .map(PodStatus::getReason)
        .or(() -> ended.map(JobReader::how))
        .orElse(null);
  }

  private static String how(ContainerStateTerminated ended) {
    var reason = ended.getReason();
    if (reason == null || Set.of("Completed", "Error").contains(reason)) {
      return null;
    }
    // Where the container could not be started, the kubelet says here why.
    boolean told = ended.getMessage() != null && Codec.readReport(ended.getMessage()).isEmpty();
    return told ? reason + ": " + ended.getMessage() : reason;
  }

  private static String waiting(Pod pod) {
    return runner(pod)
        .flatMap(JobReader::waiting)
        .or(() -> besides(pod))
        .or(() -> notScheduled(pod))
        .orElse(null);
  }

  private static Optional<String> waiting(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(ContainerState::getWaiting)
        .filter(waiting -> !DEFAULT.contains(String.valueOf(waiting.getReason())))
        .map(
            waiting ->
                waiting.getMessage() == null
                    ? waiting.getReason()
                    : waiting.getReason() + ": " + waiting.getMessage());
  }

  /** What has to start before the runner: the scratch server, or a service mesh's proxy. */
  private static Optional<String> besides(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getInitContainerStatuses().stream()
            .flatMap(
                container ->
                    waiting(container).map(why -> container.getName() + ": " + why).stream())
            .findFirst();
  }

  private static Optional<String> notScheduled(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
            .map(c -> c.getReason() + ": " + c.getMessage())
            .findFirst();
  }
}
