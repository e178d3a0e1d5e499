package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.decide.gate.Verdict;
import dev.schemaversion.operator.reconcile.Events;
import dev.schemaversion.operator.reconcile.PreconditionedDelete;
import dev.schemaversion.operator.watch.EventSources;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Field;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The gate's other half for all that makes pods by itself: takes our scheduling gates off a pod as
 * soon as all that it needs is there, leaves those of others, and tells on the pod why it waits.
 */
@Singleton
@ControllerConfiguration(
    name = "pod",
    generationAwareEventProcessing = false,
    informer =
        @Informer(
            labelSelector = Names.REQUIRES,
            fieldSelector = @Field(path = EventSources.PHASE, value = EventSources.WAITING),
            informerListLimit = EventSources.PAGE))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 30_000)
public class PodReconciler implements Reconciler<Pod> {
  private static final Logger LOG = Logger.getLogger(PodReconciler.class);

  /**
   * A StatefulSet that is rolled back changes nothing about its pod that waits, and wakes nobody.
   */
  private static final Duration ROLL_BACK_SEEN_AFTER = Duration.ofSeconds(15);

  private final KubernetesClient client;
  private final Gate gate;
  private final UngatedWorkloadDetector ungated;
  private final PreconditionedDelete deletions;
  private final Events events;

  PodReconciler(
      KubernetesClient client,
      Gate gate,
      UngatedWorkloadDetector ungated,
      PreconditionedDelete deletions,
      Events events) {
    this.client = client;
    this.gate = gate;
    this.ungated = ungated;
    this.deletions = deletions;
    this.events = events;
  }

  @Override
  public List<EventSource<?, Pod>> prepareEventSources(EventSourceContext<Pod> context) {
    return Gate.recorded(context, Pod.class, Pods::needs);
  }

  @Override
  public UpdateControl<Pod> reconcile(Pod pod, Context<Pod> context) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    ungated.look(pod);
    if (!Pods.gated(pod)) {
      return UpdateControl.noUpdate();
    }
    var verdict = gate.judge(Pods.needs(pod), context);
    if (verdict.satisfied()) {
      release(pod, verdict);
      return UpdateControl.noUpdate();
    }
    gate.tellHeld(pod, verdict);
    return statefulSet(pod)
        .map(
            owner -> {
              deleteIfObsolete(pod, owner);
              return UpdateControl.<Pod>noUpdate().rescheduleAfter(ROLL_BACK_SEEN_AFTER);
            })
        .orElseGet(UpdateControl::noUpdate);
  }

  private void release(Pod pod, Verdict verdict) {
    var others = Pods.othersGates(pod);
    Map<String, Object> spec = new HashMap<>();
    spec.put("schedulingGates", others.isEmpty() ? null : others);
    gate.release(
        pod,
        Map.of(),
        spec,
        Reason.PodReleased,
        others.isEmpty() ? "its gate is taken off" : "its gate is taken off, those of others stay",
        verdict);
  }

  private static Optional<OwnerReference> statefulSet(Pod pod) {
    return Pods.owner(pod)
        .filter(owner -> owner.getKind().equals(StatefulSets.KIND))
        .filter(owner -> owner.getApiVersion().startsWith("apps/"));
  }

  private void deleteIfObsolete(Pod pod, OwnerReference owner) {
    var metadata = pod.getMetadata();
    var set =
        client
            .apps()
            .statefulSets()
            .inNamespace(metadata.getNamespace())
            .withName(owner.getName())
            .get();
    if (set == null || !StatefulSets.obsolete(pod, set)) {
      return;
    }
    try {
      deletions.pod(pod);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // It has changed since it was judged: the event that says how judges again.
        return;
      }
      throw e;
    }
    LOG.infof("deleted Pod %s/%s: obsolete", metadata.getNamespace(), metadata.getName());
    events.record(
        set,
        false,
        Reason.ObsoletePodDeleted.name(),
        "pod %s was deleted: the gate held it, and it was of revision %s, which is not wanted any more"
            .formatted(metadata.getName(), metadata.getLabels().get(StatefulSets.REVISION)));
  }
}
