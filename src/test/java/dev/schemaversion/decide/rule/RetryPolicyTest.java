package dev.schemaversion.decide.rule;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.RunnerReports.on;
import static dev.schemaversion.decide.SimulatedClusters.OTHER_DATABASE;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.ReportBuilder;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.JobFixtures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of attempts, and the back-off between them. */
class RetryPolicyTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Test
  void theLastTenJobsAreKept() {
    var cluster = applied().settle();
    for (int i = 0; i < 14; i++) {
      cluster =
          cluster.ends(failed(Step.BASELINE, Outcome.LOCK_BUSY)).settle().later(AN_HOUR).settle();
    }

    assertThat(cluster.status().history())
        .extracting(Operation::attempt)
        .containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
  }

  @Test
  void aFastClockOfANodeDoesNotExtendTheBackOff() {
    var cluster = applied().settle().starts();
    var ahead =
        cluster.activeJob(
            job ->
                JobFixtures.ended(
                    job, failed(Step.BASELINE, Outcome.LOCK_BUSY), cluster.now().plus(AN_HOUR)));

    assertThat(ahead.settle().next().requeueAfter()).contains(Duration.ofSeconds(5));
  }

  @Test
  void noJobNameIsUsedTwice() {
    // Its attempt has scrolled out of the ten, but the Job is still there.
    var keepingAll = applied().patch("spec: {job: {history: {successful: 20, failed: 20}}}");
    var cluster = keepingAll.settle().ends(foundEmpty()).settle();
    for (int i = 0; i < 10; i++) {
      cluster = cluster.ends(failed(Step.SYNC, Outcome.LOCK_BUSY)).settle().later(AN_HOUR).settle();
    }
    cluster =
        cluster.ends(on(OTHER_DATABASE, failed(Step.SYNC, Outcome.DATABASE_CHANGED))).settle();

    assertThat(cluster.activeJob().step()).isEqualTo(Step.BASELINE);
    assertThat(cluster.activeJob().attempt()).isEqualTo(2);
  }

  @Test
  void attemptNumbersWrapBeforeTheJobNameIsTooLong() {
    var cluster = applied().settle().ends(failed(Step.BASELINE, Outcome.LOCK_BUSY)).settle();
    var status = cluster.status();
    var last = status.history().getLast();
    var weeks =
        new Operation(
            last.job(),
            last.step(),
            last.inputs(),
            9999,
            last.reason(),
            last.message(),
            null,
            null,
            null,
            last.finishedAt(),
            null);
    var after =
        RetryPolicy.next(
            List.of(last, weeks),
            List.of(),
            Step.BASELINE,
            last.inputs(),
            cluster.later(AN_HOUR).now());

    assertThat(after).isEqualTo(new RetryPolicy.Next.Go(1));
  }

  @Test
  void aMajorVersionMismatchIsRetriedAtOnceAndThenWithBackOff() {
    var mismatch = failed(Step.BASELINE, Outcome.SCRATCH_MAJOR_MISMATCH);
    var first = applied().settle().ends(onServer("15.4", mismatch));

    assertThat(first.next().status().database().serverVersion()).isEqualTo("15.4");
    assertThat(first.settle().activeJob().attempt()).isEqualTo(2);
    assertThat(first.next().actions())
        .filteredOn(Action.CreateJob.class::isInstance)
        .singleElement()
        .satisfies(
            create ->
                assertThat(((Action.CreateJob) create).knownState().serverVersion())
                    .isEqualTo("15.4"));
    var second = first.settle().ends(onServer("15.4", mismatch)).settle();
    assertThat(second.next().requeueAfter()).contains(Duration.ofSeconds(10));
  }

  private static Report onServer(String version, Report report) {
    return ReportBuilder.builder()
        .step(report.step())
        .outcome(report.outcome())
        .message(report.message())
        .serverVersion(version)
        .build();
  }
}
