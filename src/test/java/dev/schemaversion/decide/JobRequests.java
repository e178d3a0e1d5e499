package dev.schemaversion.decide;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.decide.status.RecordedState;
import dev.schemaversion.desired.DatabaseAddress;
import dev.schemaversion.desired.KnownState;
import java.util.List;

/** What Jobs are told beside what the resource says. */
public final class JobRequests {
  private JobRequests() {}

  /** What the Job is told that is decided on next. */
  public static KnownState given(SimulatedCluster cluster) {
    return cluster.next().actions().stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(action -> ((Action.CreateJob) action).given())
        .findFirst()
        .orElseThrow();
  }

  /** What the Job that has not ended is told of proofs. */
  public static RunRequest.Proofs proofs(SimulatedCluster cluster) {
    var context =
        new ReconcileContext(
            cluster.jobs(List.of()).observed(),
            RecordedState.of(cluster.status(), DatabaseAddress.of(cluster.resource().getSpec())));
    var job =
        SimulatedCluster.FACTORY.job(
            cluster.resource(),
            cluster.activeJob().step(),
            1,
            SimulatedClusters.MIGRATIONS,
            context.given(cluster.activeJob().step()));
    var request =
        job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().getFirst();
    return Codec.readRequest(request.getValue()).proof();
  }
}
