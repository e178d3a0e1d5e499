package dev.schemaversion.operator.reconcile;

import static dev.schemaversion.operator.reconcile.SyncJobFixture.MIGRATIONS;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.job;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.pod;
import static dev.schemaversion.operator.reconcile.SyncJobFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.ReportBuilder;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of an ended runner is read, or else why the runner ended. */
class JobEndingTest {
  private static final String REPORT =
      Codec.write(
          ReportBuilder.builder()
              .step(Step.SYNC)
              .outcome(Outcome.LOCK_BUSY)
              .message("another runner works on this database")
              .version("9")
              .migrationsDigest(MIGRATIONS)
              .serverVersion("17.2")
              .build());

  @Test
  void theReportIsTheTerminationMessage() {
    var read =
        read(
            job(),
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
    assertThat(read.terminationReason()).isNull();
    assertThat(read.startedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:02Z"));
    assertThat(read.finishedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:03Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Killed", "{\"step\":\"SYNC\",\"outcome\":\"SUCC", "null", "{}"})
  void aMessageThatIsNoReportIsIgnored(String message) {
    var read =
        read(
            job(),
            pod(
                """
                {phase: Succeeded, containerStatuses: [{name: runner, state: {terminated: {
                  exitCode: 0, reason: Completed, message: '%s'}}}]}
                """
                    .formatted(message)));

    assertThat(read.report()).isNull();
    assertThat(read.exitCode()).isZero();
    assertThat(read.terminationReason()).isNull();
  }

  @Test
  void theScratchServersMessageIsNotTheReport() {
    var read =
        read(
            job(),
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
    assertThat(read.terminationReason()).isNull();
  }

  @Test
  void aKilledRunnerHasAReason() {
    var killed =
        "{phase: Failed, containerStatuses:"
            + " [{name: runner, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]}";

    assertThat(read(job(), pod(killed)).terminationReason()).isEqualTo("OOMKilled");
    assertThat(read(job(), pod("{phase: Failed, reason: Evicted}")).terminationReason())
        .isEqualTo("Evicted");
  }

  @Test
  void aContainerThatCouldNotStartHasAReasonAndNoStartTime() {
    var read =
        read(
            job(),
            pod(
                """
                {phase: Failed, containerStatuses: [{name: runner, state: {terminated: {
                  exitCode: 128, reason: StartError, message: 'exec: "java": not found',
                  startedAt: '1970-01-01T00:00:00Z', finishedAt: '2026-03-01T12:00:03Z'}}}]}
                """));

    assertThat(read.state()).isEqualTo(State.ENDED);
    assertThat(read.terminationReason()).isEqualTo("StartError: exec: \"java\": not found");
    assertThat(read.startedAt()).isNull();
  }
}
