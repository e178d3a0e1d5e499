package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/** Reads Deployments as workloads. */
public final class Deployments {
  static final String KIND = "Deployment";

  private Deployments() {}

  /** Returns what a Deployment requires, and whether the gate holds it. */
  public static Workload workload(Deployment deployment) {
    return new Workload(
        KIND,
        deployment.getMetadata().getName(),
        needs(deployment),
        // The value lists the SchemaVersions that the Deployment waits for, and does not matter
        // here.
        Metadata.annotations(deployment.getMetadata()).containsKey(Names.HELD));
  }

  public static WorkloadRequirements needs(Deployment deployment) {
    return Metadata.needs(
        deployment.getMetadata(), deployment.getSpec().getTemplate().getMetadata());
  }

  /**
   * Whether the pod template has a scheduling gate and the label, so that pods are held without the
   * admission policies and the operator finds them to release.
   */
  static boolean gatesItsPods(Deployment deployment) {
    return Pods.gated(deployment.getSpec().getTemplate().getSpec()) && labelsItsPods(deployment);
  }

  /** Whether the pod template has the label, so that the gate holds each pod as well. */
  static boolean labelsItsPods(Deployment deployment) {
    var template = deployment.getSpec().getTemplate();
    return Metadata.labels(template.getMetadata()).containsKey(Names.REQUIRES);
  }
}
