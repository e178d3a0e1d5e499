package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.operator.reconcile.Events;
import dev.schemaversion.operator.watch.BoundedLruMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Set;

/**
 * Detects labelled workloads that nothing holds, and emits a warning on them. One cause is that no
 * installed policy gates the workload, and that its pod template has no scheduling gate. Another is
 * that the pod template of a labelled Deployment has no label.
 */
@Singleton
class UngatedWorkloadDetector {
  private static final int MAX_CACHED_PODS = 10_000;

  private final InstalledPolicies policies;
  private final Events events;
  private final Instant started;
  private final Set<String> gatedPods =
      Collections.synchronizedSet(Collections.newSetFromMap(new BoundedLruMap<>(MAX_CACHED_PODS)));

  UngatedWorkloadDetector(InstalledPolicies policies, Events events, Clock clock) {
    this.policies = policies;
    this.events = events;
    this.started = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Emits a warning if the gate holds roll-outs of the Deployment but not each of its pods. */
  void checkTemplate(Deployment deployment) {
    if (!Deployments.labelsItsPods(deployment)) {
      events.emit(
          deployment,
          true,
          Reason.PodsNotLabelled.name(),
          "roll-outs are held, but pods that are replaced are not, and a sync does not wait for them: the pod template has no label %s. Add it there too"
              .formatted(Names.REQUIRES));
    }
  }

  /** Emits a warning if nothing holds the Deployment. */
  void check(Deployment deployment) {
    if (!Deployments.workload(deployment).held() && !Deployments.gatesItsPods(deployment)) {
      warnUnlessBound(deployment, InstalledPolicies.HOLD_ROLLOUTS);
    }
  }

  /**
   * Emits a warning if the pod has never had a gate. A pod that is older than this process is
   * skipped, because an earlier process may have released it.
   */
  void check(Pod pod) {
    if (Pods.gated(pod)) {
      gatedPods.add(pod.getMetadata().getUid());
    } else if (!gatedPods.contains(pod.getMetadata().getUid())
        && !Instant.parse(pod.getMetadata().getCreationTimestamp()).isBefore(started)) {
      warnUnlessBound(pod, InstalledPolicies.HOLD_PODS);
    }
  }

  private void warnUnlessBound(HasMetadata workload, String binding) {
    if (!policies.lacks(binding)) {
      return;
    }
    events.emit(
        workload,
        true,
        Reason.NotGated.name(),
        policies.mode() == GateMode.PodTemplate
            ? "not held, and its new pods are refused: the pod template has no scheduling gate. Add the label %s and `schedulingGates: [{name: %s}]` to the pod template"
                .formatted(Names.REQUIRES, Names.GATE)
            : "not held: the cluster has no MutatingAdmissionPolicyBinding %s, and the pods have no scheduling gate. Install the gate's policies, or add the label %s and `schedulingGates: [{name: %s}]` to the pod template"
                .formatted(binding, Names.REQUIRES, Names.GATE));
  }
}
