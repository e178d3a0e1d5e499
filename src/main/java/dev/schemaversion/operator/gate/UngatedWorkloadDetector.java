package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.operator.reconcile.Events;
import dev.schemaversion.operator.watch.BoundedLruMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Detects labelled workloads that nothing holds, and emits a warning on them. One cause is that the
 * cluster has no admission policies of the gate (Kubernetes below 1.36, or they were not applied),
 * and that the pod template has no scheduling gate. Another is that the pod template of a labelled
 * Deployment has no label.
 */
@Singleton
class UngatedWorkloadDetector {
  private static final Logger LOG = Logger.getLogger(UngatedWorkloadDetector.class);

  /** The name of the binding without which no Deployment is held. */
  static final String HOLD_ROLLOUTS = "schemaversion-hold-rollouts";

  /** The name of the binding without which no pod is held. */
  static final String HOLD_PODS = "schemaversion-hold-pods";

  private static final String BINDINGS =
      "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings/";
  private static final Duration CACHE_TIME = Duration.ofMinutes(1);
  private static final int MAX_CACHED_PODS = 10_000;

  private record CachedBinding(boolean exists, Instant at) {}

  private final KubernetesClient client;
  private final Events events;
  private final Clock clock;
  private final Instant started;
  private final Map<String, CachedBinding> bindings = new ConcurrentHashMap<>();
  private final Set<String> gatedPods =
      Collections.synchronizedSet(Collections.newSetFromMap(new BoundedLruMap<>(MAX_CACHED_PODS)));

  UngatedWorkloadDetector(KubernetesClient client, Events events, Clock clock) {
    this.client = client;
    this.events = events;
    this.clock = clock;
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
      warnUnlessBound(deployment, HOLD_ROLLOUTS);
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
      warnUnlessBound(pod, HOLD_PODS);
    }
  }

  private void warnUnlessBound(HasMetadata workload, String binding) {
    if (!exists(binding)) {
      events.emit(
          workload,
          true,
          Reason.NotGated.name(),
          "not held: the cluster has no MutatingAdmissionPolicyBinding %s, and the pods have no scheduling gate. Apply the gate's policies (Kubernetes 1.36 or newer), or add the label %s and `schedulingGates: [{name: %s}]` to the pod template (Kubernetes 1.30 or newer)"
              .formatted(binding, Names.REQUIRES, Names.GATE));
    }
  }

  /** Whether a binding exists, by a response of the API server that is at most a minute old. */
  private boolean exists(String binding) {
    var now = clock.instant();
    return bindings
        .compute(
            binding,
            (name, cached) ->
                cached != null && now.isBefore(cached.at().plus(CACHE_TIME))
                    ? cached
                    : new CachedBinding(request(name), now))
        .exists();
  }

  private boolean request(String binding) {
    try {
      // The client returns null for code 404, also if the API server does not know the kind.
      return client.raw(BINDINGS + binding) != null;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        // An operator that has rights in some namespaces only may not read it.
        LOG.warnf("cannot read MutatingAdmissionPolicyBinding %s: %s", binding, e.getMessage());
      }
      // Unknown: a warning to users could be wrong.
      return true;
    }
  }
}
