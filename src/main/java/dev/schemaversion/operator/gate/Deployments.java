package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/** Deployments as workloads. */
public final class Deployments {
  static final String KIND = "Deployment";

  private Deployments() {}

  /** What a Deployment says it needs, and whether the policy holds it. */
  public static Workload workload(Deployment deployment) {
    return new Workload(
        KIND,
        deployment.getMetadata().getName(),
        needs(deployment),
        // Whatever its value: it tells people for whom the Deployment waits.
        Metadata.annotations(deployment.getMetadata()).containsKey(Names.HELD));
  }

  public static WorkloadRequirements needs(Deployment deployment) {
    return Metadata.needs(
        deployment.getMetadata(), deployment.getSpec().getTemplate().getMetadata());
  }

  /** Whether its pods are gated without any policy, and found again to be released. */
  static boolean gatesItsPods(Deployment deployment) {
    var template = deployment.getSpec().getTemplate();
    return Pods.gated(template.getSpec())
        && Metadata.labels(template.getMetadata()).containsKey(Names.REQUIRES);
  }
}
