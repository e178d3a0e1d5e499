package dev.schemaversion.operator.reconcile;

import static dev.schemaversion.operator.reconcile.SyncJobFixture.MIGRATIONS;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.UID;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.job;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.pod;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.read;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.DatabaseAddress;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.JobInputs;
import dev.schemaversion.desired.Labels;
import dev.schemaversion.desired.ScratchImages;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Job is read from its labels, its annotations and its newest pod. */
class JobReaderTest {
  private final Job job = job();

  @Test
  void stepInputsAndAttemptAreReadFromLabelsAndAnnotations() throws IOException {
    var resource = resource();
    var inputs = JobInputs.of(resource, Step.SYNC, MIGRATIONS, "");
    var read = read(job);

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
  void aJobWithAnOwnerReferenceIsOwned() {
    job.getMetadata().setOwnerReferences(List.of(new OwnerReferenceBuilder().build()));

    assertThat(read(job).owned()).isTrue();
  }

  @Test
  void theStateIgnoresAPodOfAnotherJob() {
    var other = pod("{phase: Succeeded}");
    other.getMetadata().getOwnerReferences().getFirst().setUid("other");

    assertThat(read(job, other).state()).isEqualTo(State.PENDING);
  }

  @Test
  void theNewestPodDeterminesTheState() {
    var older = pod("{phase: Failed}");
    older.getMetadata().setCreationTimestamp("2026-03-01T11:00:00Z");

    assertThat(read(job, pod("{phase: Pending}"), older).state()).isEqualTo(State.PENDING);
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
  void aForeignJobWithOurLabelsIsIgnored(String label, String value) {
    job.getMetadata().getLabels().put(label, value);

    assertThat(JobReader.read(job, List.of())).isEmpty();
  }

  @Test
  void aJobWithoutLabelsIsIgnored() {
    job.getMetadata().setLabels(null);

    assertThat(JobReader.read(job, List.of())).isEmpty();
  }
}
