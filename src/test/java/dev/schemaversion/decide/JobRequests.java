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
  public static KnownState given(SimulatedCluster world) {
    return world.next().actions().stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(action -> ((Action.CreateJob) action).given())
        .findFirst()
        .orElseThrow();
  }

  /** What the Job that has not ended is told of proofs. */
  public static RunRequest.Proofs proofs(SimulatedCluster world) {
    var facts =
        new ReconcileContext(
            world.jobs(List.of()).observed(),
            RecordedState.of(world.status(), DatabaseAddress.of(world.resource().getSpec())));
    var job =
        SimulatedCluster.FACTORY.job(
            world.resource(),
            world.activeJob().step(),
            1,
            SimulatedClusters.MIGRATIONS,
            facts.given(world.activeJob().step()));
    var request =
        job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().getFirst();
    return Codec.readRequest(request.getValue()).proof();
  }
}
