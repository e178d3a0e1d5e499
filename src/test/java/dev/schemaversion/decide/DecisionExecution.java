package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.decide.ObservedJob.State;
import java.util.List;

/** Executes decisions on a simulated cluster, as operator and API server would. */
final class DecisionExecution {
  private SimulatedCluster cluster;

  private DecisionExecution(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** Returns the cluster after a decision. */
  static SimulatedCluster of(SimulatedCluster cluster, Decision decision) {
    var execution = new DecisionExecution(cluster.recording(decision.status()));
    decision.actions().forEach(execution::execute);
    return execution.cluster;
  }

  private void execute(Action action) {
    cluster =
        switch (action) {
          case Action.AddFinalizer() -> finalizers(List.of(Names.FINALIZER));
          case Action.RemoveFinalizer() -> finalizers(List.of());
          case Action.CreateJob create -> create(create);
          case Action.AdoptJob(var job, var uid) ->
              cluster.changing(uid, ended -> JobFixtures.adopted(requireEnded(ended)));
          case Action.DeleteEndedJob(var job, var uid) -> cluster.without(requireEnded(job(uid)));
          case Action.ReplacePendingJob(var job, var uid) -> cluster.without(job(uid));
          case Action.EmitEvent event -> cluster;
        };
  }

  private SimulatedCluster create(Action.CreateJob create) {
    var job =
        SimulatedCluster.FACTORY.job(
            cluster.resource(),
            create.step(),
            create.attempt(),
            cluster.migrations(),
            create.knownState());
    // A second creation from a stale cache: the name already exists.
    return cluster.jobs().stream()
            .anyMatch(other -> other.name().equals(job.getMetadata().getName()))
        ? cluster
        : cluster.with(JobFixtures.created(job, cluster.now()));
  }

  private ObservedJob job(String uid) {
    return cluster.jobs().stream().filter(job -> job.uid().equals(uid)).findFirst().orElseThrow();
  }

  private static ObservedJob requireEnded(ObservedJob job) {
    assertThat(job.state()).as("state of %s", job.name()).isEqualTo(State.ENDED);
    return job;
  }

  private SimulatedCluster finalizers(List<String> finalizers) {
    var changed = cluster.copy();
    changed.getMetadata().setFinalizers(finalizers);
    return cluster.withResource(changed);
  }
}
