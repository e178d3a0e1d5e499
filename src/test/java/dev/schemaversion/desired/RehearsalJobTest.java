package dev.schemaversion.desired;

import static dev.schemaversion.desired.DesiredJobs.ON_15;
import static dev.schemaversion.desired.DesiredJobs.job;
import static dev.schemaversion.desired.DesiredJobs.minimal;
import static dev.schemaversion.desired.DesiredJobs.pod;
import static dev.schemaversion.desired.DesiredJobs.request;
import static dev.schemaversion.desired.DesiredJobs.scratch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.RequestedRehearsal;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code spec.proof.rehearsal} changes in a Job. */
class RehearsalJobTest {
  @Test
  void theVolumeAndTheRequestedDiskGrowWithTheRowsThatAreCopied() {
    var job = job(minimal("proof: {rehearsal: {mode: Rows, maxSize: 10Gi}}"), Step.SYNC, ON_15);

    assertThat(dataSize(job)).isEqualTo("32768Mi");
    assertThat(scratch(job).getResources().getRequests().get("ephemeral-storage"))
        .hasToString("32768Mi");
    assertThat(request(job).rehearsal())
        .isEqualTo(new RequestedRehearsal(RequestedRehearsal.Mode.ROWS, List.of(), 10L << 30));
  }

  @Test
  void aDiskThatTheUserRequestsIsNotChanged() {
    var given =
        minimal(
            "proof: {rehearsal: {mode: Rows},"
                + " scratch: {resources: {limits: {ephemeral-storage: 1Gi}}}}");

    var job = job(given, Step.SYNC, ON_15);

    assertThat(dataSize(job)).isEqualTo("5120Mi");
    assertThat(scratch(job).getResources().getRequests()).isNullOrEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proof: {rehearsal: {}}", "proof: {rehearsal: {mode: Schema}}"})
  void withoutRowsTheJobIsWhatItWasBefore(String proof) {
    var job = job(minimal(proof), Step.SYNC, ON_15);

    assertThat(job).isEqualTo(job(minimal(""), Step.SYNC, ON_15));
    assertThat(dataSize(job)).isEqualTo("2Gi");
    assertThat(request(job).rehearsal()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proof: {rehearsal: {mode: Rows}}",
        "proof: {rehearsal: {mode: Rows, tables: [users]}}",
        "proof: {rehearsal: {mode: Off}}"
      })
  void anotherRehearsalGivesARefusedSyncAnotherAttemptAndMakesNoneDue(String proof) {
    var expected = job(minimal(""), Step.SYNC, ON_15);
    var given = job(minimal(proof), Step.SYNC, ON_15);

    assertThat(given.getMetadata().getName()).isNotEqualTo(expected.getMetadata().getName());
    assertThat(given.getMetadata().getAnnotations().get(Labels.INPUTS_DIGEST))
        .isEqualTo(expected.getMetadata().getAnnotations().get(Labels.INPUTS_DIGEST));
  }

  private static String dataSize(Job job) {
    return pod(job).getVolumes().stream()
        .filter(volume -> volume.getName().equals("scratch"))
        .map(volume -> volume.getEmptyDir().getSizeLimit().toString())
        .findFirst()
        .orElseThrow();
  }
}
