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
 * Removes the operator's scheduling gates from a pod when the pod's requirements are satisfied, and
 * emits Events that say why the pod waits. Scheduling gates of other controllers remain. This is
 * the gate for every kind of workload except Deployments.
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
   * The interval at which a held pod's StatefulSet is read. StatefulSets are not watched, and the
   * roll-back of one does not change its waiting pod.
   */
  private static final Duration ROLL_BACK_INTERVAL = Duration.ofSeconds(15);

  private final KubernetesClient client;
  private final Gate gate;
  private final UngatedWorkloadDetector ungatedWorkloads;
  private final PreconditionedDelete preconditionedDelete;
  private final Events events;

  PodReconciler(
      KubernetesClient client,
      Gate gate,
      UngatedWorkloadDetector ungatedWorkloads,
      PreconditionedDelete preconditionedDelete,
      Events events) {
    this.client = client;
    this.gate = gate;
    this.ungatedWorkloads = ungatedWorkloads;
    this.preconditionedDelete = preconditionedDelete;
    this.events = events;
  }

  @Override
  public List<EventSource<?, Pod>> prepareEventSources(EventSourceContext<Pod> context) {
    return Gate.requiredSchemaVersions(context, Pod.class, Pods::needs);
  }

  @Override
  public UpdateControl<Pod> reconcile(Pod pod, Context<Pod> context) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    ungatedWorkloads.check(pod);
    if (!Pods.gated(pod)) {
      return UpdateControl.noUpdate();
    }
    var verdict = gate.verdict(Pods.needs(pod), context);
    if (verdict.satisfied()) {
      release(pod, verdict);
      return UpdateControl.noUpdate();
    }
    gate.emitHeld(pod, verdict);
    return statefulSet(pod)
        .map(
            owner -> {
              deleteIfObsolete(pod, owner);
              return UpdateControl.<Pod>noUpdate().rescheduleAfter(ROLL_BACK_INTERVAL);
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
        others.isEmpty()
            ? "the scheduling gate is removed"
            : "the scheduling gate is removed, and those of other controllers remain",
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
      preconditionedDelete.pod(pod);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // The pod has changed since it was read. The pending event triggers a reconciliation.
        return;
      }
      throw e;
    }
    LOG.infof(
        "deleted Pod %s/%s: its revision is obsolete", metadata.getNamespace(), metadata.getName());
    events.emit(
        set,
        false,
        Reason.ObsoletePodDeleted.name(),
        "deleted pod %s, which the gate held: its revision %s is obsolete"
            .formatted(metadata.getName(), metadata.getLabels().get(StatefulSets.REVISION)));
  }
}
