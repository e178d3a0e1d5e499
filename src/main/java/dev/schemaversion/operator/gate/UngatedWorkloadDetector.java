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
 * Tells on a labelled workload that nothing holds it: the cluster has no policy of the gate
 * (Kubernetes below 1.36, or they were not applied), and its pod template has no scheduling gate.
 */
@Singleton
class UngatedWorkloadDetector {
  private static final Logger LOG = Logger.getLogger(UngatedWorkloadDetector.class);

  /** The bindings without which nothing is held. */
  static final String HOLD_ROLLOUTS = "schemaversion-hold-rollouts";

  static final String HOLD_PODS = "schemaversion-hold-pods";

  private static final String BINDINGS =
      "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings/";
  private static final Duration KNOWN_FOR = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private record Answer(boolean there, Instant at) {}

  private final KubernetesClient client;
  private final Events events;
  private final Clock clock;
  private final Instant started;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Set<String> seenGated =
      Collections.synchronizedSet(Collections.newSetFromMap(new BoundedLruMap<>(REMEMBERED)));

  UngatedWorkloadDetector(KubernetesClient client, Events events, Clock clock) {
    this.client = client;
    this.events = events;
    this.clock = clock;
    this.started = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  void look(Deployment deployment) {
    if (!Deployments.workload(deployment).held() && !Deployments.gatesItsPods(deployment)) {
      tellUnlessBound(deployment, HOLD_ROLLOUTS);
    }
  }

  /**
   * Looks at a pod without a gate, or remembers one that has it. Of a pod that is older than this
   * process nobody knows whether it was gated and released.
   */
  void look(Pod pod) {
    if (Pods.gated(pod)) {
      seenGated.add(pod.getMetadata().getUid());
    } else if (!seenGated.contains(pod.getMetadata().getUid())
        && !Instant.parse(pod.getMetadata().getCreationTimestamp()).isBefore(started)) {
      tellUnlessBound(pod, HOLD_PODS);
    }
  }

  private void tellUnlessBound(HasMetadata workload, String binding) {
    if (!bound(binding)) {
      events.record(
          workload,
          true,
          Reason.NotGated.name(),
          "nothing holds it: this cluster has no binding %s of the gate's policies (they need Kubernetes 1.36), and its pods have no scheduling gate; write the label %s and `schedulingGates: [{name: %s}]` into the pod template, which works since Kubernetes 1.30, or apply the policies"
              .formatted(binding, Names.REQUIRES, Names.GATE));
    }
  }

  /** Whether the API server calls the policies, as it said at most a minute ago. */
  private boolean bound(String binding) {
    var now = clock.instant();
    return answers
        .compute(
            binding,
            (name, known) ->
                known != null && now.isBefore(known.at().plus(KNOWN_FOR))
                    ? known
                    : new Answer(asked(name), now))
        .there();
  }

  private boolean asked(String binding) {
    try {
      // Null for 404, which an API server that does not know the kind says too.
      return client.raw(BINDINGS + binding) != null;
    } catch (KubernetesClientException e) {
      LOG.warnf("Not known whether there is %s: %s", binding, e.getMessage());
      // No reason to alarm anybody else.
      return true;
    }
  }
}
