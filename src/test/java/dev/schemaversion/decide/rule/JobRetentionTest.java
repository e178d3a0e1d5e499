package dev.schemaversion.decide.rule;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.SimulatedCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many ended Jobs are kept. */
class JobRetentionTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Test
  void oneSuccessfulAndThreeFailedJobsAreKeptByDefault() {
    assertThat(kept(afterSixFailures(applied())))
        .containsExactly("baseline 4", "baseline 5", "baseline 6", "sync 1");
  }

  @ParameterizedTest(name = "{0} successful, {1} failed: {2}")
  @CsvSource({
    "0, 0, ''",
    "0, 1, baseline 6",
    "1, 0, sync 1",
    "2, 1, baseline 6|baseline 7|sync 1",
    "20, 20, "
        + "baseline 1|baseline 2|baseline 3|baseline 4|baseline 5|baseline 6|baseline 7|sync 1"
  })
  void theResourceSetsHowManyAreKept(int successful, int failed, String names) {
    var limits =
        applied()
            .patch(
                "spec: {job: {history: {successful: %d, failed: %d}}}"
                    .formatted(successful, failed));

    assertThat(String.join("|", kept(afterSixFailures(limits)))).isEqualTo(names);
  }

  @Test
  void aJobThatIsNotAdoptedIsNotDeleted() {
    var none = applied().patch("spec: {job: {history: {successful: 0, failed: 0}}}");
    var ended = none.settle().ends(failed(Step.BASELINE, Outcome.LOCK_BUSY));

    assertThat(DecisionText.of(ended.next().actions())).contains("adopt baseline 1");
    assertThat(DecisionText.of(ended.next().actions())).doesNotContain("delete baseline 1");
    assertThat(ended.settle().jobs()).isEmpty();
  }

  @Test
  void anActiveJobIsNotDeleted() {
    var none = atThirteen().patch("spec: {version: '14', job: {history: {successful: 0}}}");

    assertThat(none.settle().starts().settle().jobs())
        .singleElement()
        .satisfies(job -> assertThat(job.active()).isTrue());
  }

  @Test
  void deletingOldJobsKeepsTheirResults() {
    var none = atThirteen().patch("spec: {job: {history: {successful: 0, failed: 0}}}").settle();

    assertThat(none.jobs()).isEmpty();
    assertThat(none.status().version()).isEqualTo("13");
    assertThat(none.next().actions()).isEmpty();
  }

  /** Six baseline Jobs that failed, a seventh and a sync that succeeded. */
  private static SimulatedCluster afterSixFailures(SimulatedCluster cluster) {
    var current = cluster.settle();
    for (int i = 0; i < 6; i++) {
      current =
          current
              .ends(failed(Step.BASELINE, Outcome.DATABASE_UNREACHABLE))
              .settle()
              .later(AN_HOUR)
              .settle();
    }
    return current.ends(foundEmpty()).settle().later(AN_HOUR).ends(synced("13", 13)).settle();
  }

  private static List<String> kept(SimulatedCluster cluster) {
    return cluster.jobs().stream()
        .map(job -> DecisionText.of(new Action.AdoptJob(job.name(), job.uid())))
        .map(saying -> saying.replace("adopt ", ""))
        .toList();
  }
}
