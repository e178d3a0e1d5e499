package dev.schemaversion.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.ReportBuilder;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.Wire;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.DatabaseAddress;
import dev.schemaversion.desired.Given;
import dev.schemaversion.desired.Inputs;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.Labels;
import dev.schemaversion.desired.ScratchImages;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Job and its pod say together. */
class JobReaderTest {
  private static final String MIGRATIONS = "sha256:" + "a1".repeat(32);
  private static final String UID = "3d5b7a60-0000-4000-8000-000000000002";
  private static final String REPORT =
      Wire.write(
          ReportBuilder.builder()
              .step(Step.SYNC)
              .outcome(Outcome.LOCK_BUSY)
              .message("another runner works on this database")
              .version("9")
              .migrationsDigest(MIGRATIONS)
              .serverVersion("17.2")
              .build());

  private final Job job = job();

  @Test
  void aJobTellsWhatItWasMadeFor() throws IOException {
    var resource = resource();
    var inputs = Inputs.of(resource, Step.SYNC, MIGRATIONS, "");
    var read = read();

    assertThat(read.name()).isEqualTo(job.getMetadata().getName());
    assertThat(read.uid()).isEqualTo(UID);
    assertThat(read.step()).isEqualTo(Step.SYNC);
    assertThat(read.attempt()).isEqualTo(2);
    assertThat(read.inputs()).isEqualTo(inputs.id());
    assertThat(read.inputsDigest()).isEqualTo(inputs.digest());
    assertThat(read.address()).isEqualTo(DatabaseAddress.of(resource.getSpec()));
    assertThat(read.template())
        .isEqualTo(new JobFactory("image", ScratchImages.OFFICIAL).templateDigest(resource));
    assertThat(read.created()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(read.owned()).isFalse();
  }

  @Test
  void aJobThatGotItsOwnerHasBeenRecorded() {
    job.getMetadata().setOwnerReferences(List.of(new OwnerReferenceBuilder().build()));

    assertThat(read().owned()).isTrue();
  }

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
        "the scratch server died, the runner goes on | {phase: Running, initContainerStatuses:"
            + " [{name: scratch, state: {terminated: {exitCode: 1}}}], containerStatuses:"
            + " [{name: runner, state: {running: {}}}]} | RUNNING",
        "ended, the scratch server goes on | {phase: Running, initContainerStatuses:"
            + " [{name: scratch, state: {running: {}}}], containerStatuses:"
            + " [{name: runner, state: {terminated: {exitCode: 0}}}]} | ENDED",
        "at work | {phase: Running, containerStatuses:"
            + " [{name: runner, state: {running: {startedAt: '2026-03-01T12:00:02Z'}}}]} | RUNNING",
        "ended, the phase lags | {phase: Running, containerStatuses:"
            + " [{name: runner, state: {terminated: {exitCode: 0}}}]} | ENDED",
        "ended, a sidecar goes on | {phase: Running, containerStatuses:"
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
  void howFarItIsSaysThePod(String name, String status, State state) {
    assertThat(read(pod(status)).state()).as(name).isEqualTo(state);
    assertThat(JobReader.neverStarted(pod(status))).isEqualTo(state == State.PENDING);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "just created | {} | PENDING",
        "its pod is not in the cache yet | {active: 1} | RUNNING",
        "its pod failed and is gone | {failed: 1} | RUNNING",
        "finished | {failed: 1, conditions: [{type: Failed, status: 'True'}]} | ENDED",
        "well | {succeeded: 1, conditions: [{type: Complete, status: 'True'}]} | ENDED",
        "about to finish | {failed: 1, conditions: [{type: FailureTarget, status: 'True'}]}"
            + " | RUNNING",
        "not failed | {conditions: [{type: Failed, status: 'False'}]} | PENDING"
      })
  void withoutAPodItIsTakenToRunUntilItsStatusSaysOtherwise(
      String name, String status, State state) {
    job.setStatus(Serialization.unmarshal("---\n" + status, JobStatus.class));

    assertThat(read().state()).as(name).isEqualTo(state);
    assertThat(read().report()).isNull();
    assertThat(read().exitCode()).isNull();
  }

  @Test
  void theReportIsTheTerminationMessage() {
    var read =
        read(
            pod(
                """
                {phase: Failed, containerStatuses: [{name: runner, state: {terminated: {
                  exitCode: 13, reason: Error, message: '%s',
                  startedAt: '2026-03-01T12:00:02Z', finishedAt: '2026-03-01T12:00:03Z'}}}]}
                """
                    .formatted(REPORT)));

    assertThat(read.report().outcome()).isEqualTo(Outcome.LOCK_BUSY);
    assertThat(read.report().version()).isEqualTo("9");
    assertThat(read.exitCode()).isEqualTo(13);
    assertThat(read.lost()).isNull();
    assertThat(read.startedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:02Z"));
    assertThat(read.finishedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:03Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Killed", "{\"step\":\"SYNC\",\"outcome\":\"SUCC", "null", "{}"})
  void whatIsNotAReportIsNone(String message) {
    var read =
        read(
            pod(
                """
                {phase: Succeeded, containerStatuses: [{name: runner, state: {terminated: {
                  exitCode: 0, reason: Completed, message: '%s'}}}]}
                """
                    .formatted(message)));

    assertThat(read.report()).isNull();
    assertThat(read.exitCode()).isZero();
    assertThat(read.lost()).isNull();
  }

  @Test
  void aRunnerThatWasKilledSaysHow() {
    var killed =
        "{phase: Failed, containerStatuses:"
            + " [{name: runner, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]}";

    assertThat(read(pod(killed)).lost()).isEqualTo("OOMKilled");
    assertThat(read(pod("{phase: Failed, reason: Evicted}")).lost()).isEqualTo("Evicted");
  }

  @Test
  void theReportIsTheRunnersWhateverTheScratchServerLeft() {
    var read =
        read(
            pod(
                """
                {phase: Failed, initContainerStatuses: [{name: scratch, state: {terminated: {
                  exitCode: 1, reason: OOMKilled, message: '{"outcome": "SUCCEEDED"}'}}}],
                  containerStatuses: [{name: runner, state: {terminated: {
                  exitCode: 13, reason: Error, message: '%s'}}}]}
                """
                    .formatted(REPORT)));

    assertThat(read.report().outcome()).isEqualTo(Outcome.LOCK_BUSY);
    assertThat(read.exitCode()).isEqualTo(13);
    assertThat(read.lost()).isNull();
  }

  @Test
  void aContainerThatCouldNotBeStartedSaysWhyAndNeverStarted() {
    var read =
        read(
            pod(
                """
                {phase: Failed, containerStatuses: [{name: runner, state: {terminated: {
                  exitCode: 128, reason: StartError, message: 'exec: "java": not found',
                  startedAt: '1970-01-01T00:00:00Z', finishedAt: '2026-03-01T12:00:03Z'}}}]}
                """));

    assertThat(read.state()).isEqualTo(State.ENDED);
    assertThat(read.lost()).isEqualTo("StartError: exec: \"java\": not found");
    assertThat(read.startedAt()).isNull();
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
  void whatAPodWaitsForIsTold(String status, String waiting) {
    assertThat(read(pod(status)).waiting()).isEqualTo(waiting);
  }

  @Test
  void anotherJobsPodSaysNothing() {
    var other = pod("{phase: Succeeded}");
    other.getMetadata().getOwnerReferences().getFirst().setUid("other");

    assertThat(read(other).state()).isEqualTo(State.PENDING);
  }

  @Test
  void theNewestPodSpeaks() {
    var older = pod("{phase: Failed}");
    older.getMetadata().setCreationTimestamp("2026-03-01T11:00:00Z");

    assertThat(read(pod("{phase: Pending}"), older).state()).isEqualTo(State.PENDING);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      nullValues = "none",
      value = {
        Labels.STEP + ", none",
        Labels.STEP + ", repair",
        Labels.STEP + ", SYNC",
        Labels.INPUTS + ", none",
        Labels.ATTEMPT + ", none",
        Labels.ATTEMPT + ", second",
        Labels.ATTEMPT + ", 0",
        Labels.ATTEMPT + ", 99999999999"
      })
  void aJobThatIsNotOursInSpiteOfItsLabelsIsLeftAlone(String label, String value) {
    job.getMetadata().getLabels().put(label, value);

    assertThat(JobReader.read(job, List.of())).isEmpty();
  }

  @Test
  void aJobWithoutLabelsIsLeftAlone() {
    job.getMetadata().setLabels(null);

    assertThat(JobReader.read(job, List.of())).isEmpty();
  }

  private ObservedJob read(Pod... pods) {
    return JobReader.read(job, (Collection<Pod>) List.of(pods)).orElseThrow();
  }

  private static Pod pod(String status) {
    var pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: runner-x
              creationTimestamp: "2026-03-01T12:00:01Z"
              ownerReferences: [{apiVersion: batch/v1, kind: Job, name: j, uid: %s}]
            """
                .formatted(UID),
            Pod.class);
    pod.setStatus(
        status.equals("{}") ? null : Serialization.unmarshal("---\n" + status, PodStatus.class));
    return pod;
  }

  private static Job job() {
    try {
      var job =
          new JobFactory("image", ScratchImages.OFFICIAL)
              .job(resource(), Step.SYNC, 2, MIGRATIONS, Given.NOTHING);
      job.getMetadata().setUid(UID);
      job.getMetadata().setCreationTimestamp("2026-03-01T12:00:00Z");
      return job;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SchemaVersion resource() throws IOException {
    var file = Path.of("src", "test", "resources", "desired", "complete", "in.yaml");
    return Serialization.unmarshal(Files.readString(file), SchemaVersion.class);
  }
}
