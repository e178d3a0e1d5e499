package dev.schemaversion.cli.kubectl.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Job of a resource.
 *
 * @param name the name of the Job
 * @param step the step, such as {@code sync}
 * @param attempt the number of the attempt
 * @param state {@code Pending}, {@code Running} or how it ended, such as {@code Succeeded}
 * @param waiting what the pod waits for; null if it does not wait
 * @param createdAt when the Job was created
 * @param startedAt when the runner started, or null
 * @param finishedAt when the runner ended, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
    String name,
    String step,
    String attempt,
    String state,
    String waiting,
    String createdAt,
    String startedAt,
    String finishedAt) {
  static final String PENDING = "Pending";
  static final String RUNNING = "Running";

  /** Reads a Job, its newest pod and the record of its end, if there is one. */
  static JobView of(Job job, List<Pod> pods, List<Operation> history) {
    var metadata = job.getMetadata();
    var labels = Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of());
    var recorded = history.stream().filter(end -> metadata.getName().equals(end.job())).findFirst();
    var pod = pods.stream().filter(each -> isOwned(each, job)).findFirst();
    var runner = pod.flatMap(JobView::runner);
    var terminated = runner.map(ContainerState::getTerminated);
    return new JobView(
        metadata.getName(),
        labels.get(Labels.STEP),
        labels.get(Labels.ATTEMPT),
        recorded
            .map(Operation::reason)
            .or(() -> terminated.map(JobView::ended))
            .orElseGet(() -> isRunning(job, runner) ? RUNNING : PENDING),
        recorded.isPresent() ? null : pod.flatMap(JobView::waiting).orElse(null),
        metadata.getCreationTimestamp(),
        recorded.map(Operation::startedAt).or(() -> runner.map(JobView::startedAt)).orElse(null),
        recorded
            .map(Operation::finishedAt)
            .or(() -> terminated.map(ContainerStateTerminated::getFinishedAt))
            .orElse(null));
  }

  /** Whether the runner has not ended. */
  public boolean active() {
    return state.equals(PENDING) || state.equals(RUNNING);
  }

  private static boolean isOwned(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getName().equals(job.getMetadata().getName()));
  }

  private static String ended(ContainerStateTerminated terminated) {
    return Codec.readReport(terminated.getMessage())
        .map(report -> report.outcome().reason())
        .orElse(String.valueOf(terminated.getReason()));
  }

  private static boolean isRunning(Job job, Optional<ContainerState> runner) {
    return runner
        .map(state -> state.getRunning() != null)
        .orElseGet(
            () ->
                job.getStatus() != null
                    && job.getStatus().getReady() != null
                    && job.getStatus().getReady() > 0);
  }

  private static String startedAt(ContainerState state) {
    if (state.getTerminated() != null) {
      return state.getTerminated().getStartedAt();
    }
    return state.getRunning() == null ? null : state.getRunning().getStartedAt();
  }

  private static Optional<ContainerState> runner(Pod pod) {
    return statuses(pod)
        .filter(status -> status.getName().equals(JobFactory.CONTAINER))
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static Optional<String> waiting(Pod pod) {
    return statuses(pod)
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getWaiting)
        .filter(Objects::nonNull)
        .map(JobView::text)
        .findFirst()
        .or(() -> unschedulable(pod));
  }

  private static Optional<String> unschedulable(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
            .map(c -> c.getReason() + ": " + c.getMessage())
            .findFirst();
  }

  private static String text(ContainerStateWaiting waiting) {
    return waiting.getMessage() == null
        ? waiting.getReason()
        : waiting.getReason() + ": " + waiting.getMessage();
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    return pod.getStatus() == null
        ? Stream.empty()
        : Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream());
  }
}
