package dev.schemaversion.operator.reconcile;

import static dev.schemaversion.operator.reconcile.SyncJobFixture.job;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.pod;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.decide.ObservedJob.State;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state of a Job is read from its pod, or from its own status if there is no pod. */
class JobStateTest {
  private final Job job = job();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no status yet | {} | PENDING",
        "not scheduled | {phase: Pending} | PENDING",
        "image missing | {phase: Pending, containerStatuses:"
            + " [{name: runner, state: {waiting: {reason: ErrImagePull}}}]} | PENDING",
        "no state | {phase: Pending, containerStatuses: [{name: runner}]} | PENDING",
        "only a sidecar runs | {phase: Pending, containerStatuses:"
            + " [{name: istio-proxy, state: {running: {}}}]} | PENDING",
        "only the scratch server runs | {phase: Pending, initContainerStatuses:"
            + " [{name: scratch, state: {running: {}}}], containerStatuses:"
            + " [{name: runner, state: {waiting: {reason: PodInitializing}}}]} | PENDING",
        "the scratch server's image is missing | {phase: Pending, initContainerStatuses:"
            + " [{name: scratch, state: {waiting: {reason: ErrImagePull}}}], containerStatuses:"
            + " [{name: runner, state: {waiting: {reason: PodInitializing}}}]} | PENDING",
        "the scratch server ended, the runner runs | {phase: Running, initContainerStatuses:"
            + " [{name: scratch, state: {terminated: {exitCode: 1}}}], containerStatuses:"
            + " [{name: runner, state: {running: {}}}]} | RUNNING",
        "ended, the scratch server runs | {phase: Running, initContainerStatuses:"
            + " [{name: scratch, state: {running: {}}}], containerStatuses:"
            + " [{name: runner, state: {terminated: {exitCode: 0}}}]} | ENDED",
        "running | {phase: Running, containerStatuses:"
            + " [{name: runner, state: {running: {startedAt: '2026-03-01T12:00:02Z'}}}]} | RUNNING",
        "ended, the phase lags | {phase: Running, containerStatuses:"
            + " [{name: runner, state: {terminated: {exitCode: 0}}}]} | ENDED",
        "ended, a sidecar runs | {phase: Running, containerStatuses:"
            + " [{name: istio-proxy, state: {running: {}}},"
            + " {name: runner, state: {terminated: {exitCode: 0}}}]} | ENDED",
        "failed | {phase: Failed, containerStatuses:"
            + " [{name: runner, state: {terminated: {exitCode: 50}}}]} | ENDED",
        "evicted before it started | {phase: Failed, reason: Evicted} | ENDED",
        "node lost | {phase: Failed, reason: NodeLost, containerStatuses:"
            + " [{name: runner, state: {running: {}}}]} | ENDED",
        "node unreachable | {phase: Unknown, containerStatuses:"
            + " [{name: runner, state: {running: {}}}]} | RUNNING",
      })
  void thePodDeterminesTheState(String name, String status, State state) {
    assertThat(read(job, pod(status)).state()).as(name).isEqualTo(state);
    assertThat(new RunnerPod(pod(status)).neverStarted()).isEqualTo(state == State.PENDING);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "just created | {} | PENDING",
        "its pod is not in the cache yet | {active: 1} | RUNNING",
        "its pod failed and is gone | {failed: 1} | RUNNING",
        "finished | {failed: 1, conditions: [{type: Failed, status: 'True'}]} | ENDED",
        "succeeded | {succeeded: 1, conditions: [{type: Complete, status: 'True'}]} | ENDED",
        "about to finish | {failed: 1, conditions: [{type: FailureTarget, status: 'True'}]}"
            + " | RUNNING",
        "not failed | {conditions: [{type: Failed, status: 'False'}]} | PENDING"
      })
  void withoutAPodTheJobsStatusDeterminesTheState(String name, String status, State state) {
    job.setStatus(Serialization.unmarshal("---\n" + status, JobStatus.class));

    assertThat(read(job).state()).as(name).isEqualTo(state);
    assertThat(read(job).report()).isNull();
    assertThat(read(job).exitCode()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      value = {
        "{phase: Pending, containerStatuses: [{name: runner, state: {waiting:"
            + " {reason: ContainerCreating}}}]} | nothing",
        "{phase: Pending, containerStatuses: [{name: runner, state: {waiting:"
            + " {reason: PodInitializing}}}]} | nothing",
        "{phase: Pending, containerStatuses: [{name: runner, state: {waiting:"
            + " {reason: ErrImagePull, message: no such image}}}]} | ErrImagePull: no such image",
        "{phase: Pending, containerStatuses: [{name: runner, state: {waiting:"
            + " {reason: CreateContainerConfigError}}}]} | CreateContainerConfigError",
        "{phase: Pending, initContainerStatuses: [{name: scratch, state: {waiting:"
            + " {reason: ImagePullBackOff, message: no such image}}}], containerStatuses:"
            + " [{name: runner, state: {waiting: {reason: PodInitializing}}}]}"
            + " | 'scratch: ImagePullBackOff: no such image'",
        "{phase: Pending, initContainerStatuses: [{name: scratch, state: {waiting:"
            + " {reason: PodInitializing}}}]} | nothing",
        "{phase: Pending, conditions: [{type: PodScheduled, status: 'False',"
            + " reason: Unschedulable, message: 0/3 nodes}]} | Unschedulable: 0/3 nodes",
        "{phase: Pending, conditions: [{type: PodScheduled, status: 'True'}]} | nothing",
        "{} | nothing"
      })
  void theReasonForWaitingIsReadFromThePod(String status, String waiting) {
    assertThat(read(job, pod(status)).waiting()).isEqualTo(waiting);
  }
}
