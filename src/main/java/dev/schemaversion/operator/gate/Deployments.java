package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Objects;

/** Reads Deployments as workloads. */
public final class Deployments {
  static final String KIND = "Deployment";

  /** The reason of the condition Progressing from the end of a roll-out to the next one. */
  private static final String COMPLETE = "NewReplicaSetAvailable";

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

  /** Whether nothing is rolled out, whoever paused the Deployment. */
  static boolean paused(Deployment deployment) {
    return Boolean.TRUE.equals(deployment.getSpec().getPaused());
  }

  /**
   * Whether the Deployment's controller is replacing or creating pods of the present template. It
   * is not before it has observed the template, and not after all pods were available once.
   */
  static boolean rollsOut(Deployment deployment) {
    var status = deployment.getStatus();
    if (status == null
        || status.getObservedGeneration() == null
        || status.getObservedGeneration() < deployment.getMetadata().getGeneration()) {
      return false;
    }
    return status.getConditions().stream()
        .filter(condition -> condition.getType().equals("Progressing"))
        .findFirst()
        .map(condition -> !COMPLETE.equals(condition.getReason()))
        // Without a progress deadline there is no such condition.
        .orElseGet(() -> !allUpdated(deployment));
  }

  private static boolean allUpdated(Deployment deployment) {
    var status = deployment.getStatus();
    int updated = Objects.requireNonNullElse(status.getUpdatedReplicas(), 0);
    int all = Objects.requireNonNullElse(status.getReplicas(), 0);
    return all == updated && updated >= deployment.getSpec().getReplicas();
  }

  /** Whether the pod template has the label, so that the gate holds each pod as well. */
  static boolean labelsItsPods(Deployment deployment) {
    var template = deployment.getSpec().getTemplate();
    return Metadata.labels(template.getMetadata()).containsKey(Names.REQUIRES);
  }
}
