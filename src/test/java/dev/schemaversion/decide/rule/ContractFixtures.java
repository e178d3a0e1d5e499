package dev.schemaversion.decide.rule;

import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.needs;

import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import java.time.Duration;

/** Workloads around a sync from 13 to 14. */
final class ContractFixtures {
  /** How long the operator waits for the caches of the gate. */
  static final Duration CACHES = Duration.ofSeconds(5);

  /** A workload that is not held, and runs up to version 13. */
  static final Workload OLD = workload("api", needs("9", "13"), false);

  private ContractFixtures() {}

  /** A cluster at version 13 that is to go to 14. */
  static SimulatedCluster toFourteen() {
    return atThirteen().patch("spec: {version: '14'}");
  }

  /** A Deployment with requirements. */
  static Workload workload(String name, WorkloadRequirements needs, boolean held) {
    return new Workload("Deployment", name, needs, held);
  }
}
