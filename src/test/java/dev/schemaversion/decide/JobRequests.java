package dev.schemaversion.decide;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.decide.status.RecordedState;
import dev.schemaversion.desired.DatabaseAddress;
import dev.schemaversion.desired.KnownState;
import java.util.List;

/** Reads what the operator passes to Jobs besides the resource. */
public final class JobRequests {
  private JobRequests() {}

  /** Returns the known state for the Job that the next decision creates. */
  public static KnownState knownState(SimulatedCluster cluster) {
    return cluster.next().actions().stream()
        .filter(Action.CreateJob.class::isInstance)
        .map(action -> ((Action.CreateJob) action).knownState())
        .findFirst()
        .orElseThrow();
  }

  /** Returns the part on proofs in the request of the active Job. */
  public static ProofRules proofs(SimulatedCluster cluster) {
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
            context.knownState(cluster.activeJob().step()));
    var request =
        job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().getFirst();
    return Codec.readRequest(request.getValue()).proof();
  }
}
