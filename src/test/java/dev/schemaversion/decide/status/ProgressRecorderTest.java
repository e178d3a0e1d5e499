package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ProgressStatus;
import dev.schemaversion.contract.Progress;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.SimulatedCluster;
import org.junit.jupiter.api.Test;

/** The status shows what the runner of the running Job does, and decides nothing by it. */
class ProgressRecorderTest {
  private static final String SINCE = "2026-03-01T12:00:00Z";

  private final SimulatedCluster running =
      atThirteen().patch("spec: {version: '14'}").settle().starts();
  private final String job = job(running.observed()).name();

  @Test
  void theProgressOfTheRunningJobIsShown() {
    assertThat(shown(running.observed(), progress(job)))
        .isEqualTo(
            new ProgressStatus(
                job, "running V14__x.sql", 1, 2, SINCE, "other sessions: process 7"));
  }

  @Test
  void theProgressOfAnotherJobIsNot() {
    assertThat(shown(running.observed(), progress("glance-sync-of-before"))).isNull();
    assertThat(shown(running.observed(), progress(null))).isNull();
  }

  @Test
  void whatWasShownStaysUntilTheRunnerSaysSomethingElse() {
    var status = Decide.next(running.observed().withProgress(progress(job))).status();
    var resource = running.observed().resource();
    resource.setStatus(status);

    assertThat(shown(running.observed().withResource(resource), null)).isEqualTo(status.progress());
  }

  @Test
  void anEndedJobHasNoProgress() {
    var ended = running.ends(RunnerReports.synced("14", 1)).observed();

    assertThat(job(ended).state()).isEqualTo(State.ENDED);
    assertThat(shown(ended, progress(job))).isNull();
  }

  @Test
  void nothingElseDependsOnIt() {
    var without = Decide.next(running.observed());
    var with = Decide.next(running.observed().withProgress(progress(job)));

    assertThat(with.actions()).isEqualTo(without.actions());
    assertThat(with.requeueAfter()).isEqualTo(without.requeueAfter());
    assertThat(with.status().withProgress(null)).isEqualTo(without.status());
  }

  private static ProgressStatus shown(ClusterState state, Progress progress) {
    return Decide.next(state.withProgress(progress)).status().progress();
  }

  private static ObservedJob job(ClusterState state) {
    return state.jobs().getLast();
  }

  private static Progress progress(String job) {
    return new Progress(job, 7, "running V14__x.sql", 1, 2, SINCE, "other sessions: process 7");
  }
}
