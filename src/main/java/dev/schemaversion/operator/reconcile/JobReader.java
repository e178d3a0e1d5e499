package dev.schemaversion.operator.reconcile;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.Labels;
import dev.schemaversion.operator.queue.IndexedJobs;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a Job and its newest pod into an {@link ObservedJob}. The pod's status is newer than the
 * Job's, and only the pod has the report.
 */
final class JobReader {
  private static final Pattern ATTEMPT = Pattern.compile("[1-9][0-9]{0,8}");

  private static final Comparator<Pod> NEWEST =
      Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp());

  private JobReader() {}

  /** Reads a Job; empty if its labels are not those of a Job that the operator created. */
  static Optional<ObservedJob> read(Job job, Collection<Pod> pods) {
    var labels =
        Objects.requireNonNullElse(job.getMetadata().getLabels(), Map.<String, String>of());
    var step = step(labels.get(Labels.STEP));
    var attempt = attempt(labels.get(Labels.ATTEMPT));
    if (step.isEmpty() || attempt.isEmpty() || labels.get(Labels.INPUTS) == null) {
      return Optional.empty();
    }
    var annotations =
        Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of());
    var pod = newestPod(job, pods);
    var terminated = pod.flatMap(RunnerPod::terminated);
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
            pod.map(RunnerPod::state).orElseGet(() -> stateWithoutPod(job)),
            pod.flatMap(RunnerPod::waiting).orElse(null),
            terminated.flatMap(end -> Codec.readReport(end.getMessage())).orElse(null),
            terminated.map(ContainerStateTerminated::getExitCode).orElse(null),
            pod.flatMap(RunnerPod::failure).orElse(null),
            !job.getMetadata().getOwnerReferences().isEmpty(),
            Instant.parse(job.getMetadata().getCreationTimestamp()),
            pod.flatMap(RunnerPod::startedAt).orElse(null),
            terminated
                .map(ContainerStateTerminated::getFinishedAt)
                .map(Instant::parse)
                .orElse(null)));
  }

  /** Returns the newest pod of a Job whose runner runs and can be reached. */
  static Optional<Pod> runningPod(Collection<Job> jobs, Collection<Pod> pods) {
    return pods.stream()
        .filter(pod -> jobs.stream().anyMatch(job -> isOwned(pod, job)))
        .filter(pod -> new RunnerPod(pod).state() == State.RUNNING)
        .filter(pod -> pod.getStatus().getPodIP() != null)
        .max(NEWEST);
  }

  private static Optional<Step> step(String label) {
    return List.of(Step.values()).stream().filter(step -> step.label().equals(label)).findFirst();
  }

  private static Optional<Integer> attempt(String label) {
    return Optional.ofNullable(label)
        .filter(text -> ATTEMPT.matcher(text).matches())
        .map(Integer::valueOf);
  }

  private static Optional<RunnerPod> newestPod(Job job, Collection<Pod> pods) {
    return pods.stream().filter(pod -> isOwned(pod, job)).max(NEWEST).map(RunnerPod::new);
  }

  private static boolean isOwned(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(job.getMetadata().getUid()));
  }

  /**
   * Returns the state as the Job's own status shows it. The pod was deleted, does not exist yet, or
   * is not in the cache yet.
   */
  private static State stateWithoutPod(Job job) {
    if (IndexedJobs.isFinished(job)) {
      return State.ENDED;
    }
    var status = job.getStatus();
    boolean neverHadPods =
        status == null
            || (Objects.requireNonNullElse(status.getActive(), 0) == 0
                && Objects.requireNonNullElse(status.getFailed(), 0) == 0
                && Objects.requireNonNullElse(status.getSucceeded(), 0) == 0);
    return neverHadPods ? State.PENDING : State.RUNNING;
  }
}
