package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.Verdict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The gate's other half: releases a Deployment that the admission policy holds as soon as its
 * SchemaVersion records a version that satisfies it, and tells on the Deployment why it waits. A
 * pause without the policy's mark is a person's own and left alone.
 */
@Singleton
@ControllerConfiguration(
    name = "workload",
    generationAwareEventProcessing = false,
    informer = @Informer(labelSelector = Names.REQUIRES))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 30_000)
public class WorkloadReconciler implements Reconciler<Deployment> {
  private static final Logger LOG = Logger.getLogger(WorkloadReconciler.class);
  private static final String BY_REQUIRED = "required";

  private final KubernetesClient client;
  private final Events events;

  WorkloadReconciler(KubernetesClient client, Events events) {
    this.client = client;
    this.events = events;
  }

  @Override
  public List<EventSource<?, Deployment>> prepareEventSources(
      EventSourceContext<Deployment> context) {
    var deployments = context.getPrimaryCache();
    deployments.addIndexer(BY_REQUIRED, deployment -> List.of(key(required(deployment))));
    var configuration =
        InformerEventSourceConfiguration.from(SchemaVersion.class, Deployment.class)
            .withWatchAllNamespaces()
            .withSecondaryToPrimaryMapper(
                resource ->
                    deployments
                        .byIndex(BY_REQUIRED, key(ResourceID.fromResource(resource)))
                        .stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper((Deployment deployment) -> Set.of(required(deployment)))
            .build();
    return List.of(new InformerEventSource<>(configuration, context));
  }

  @Override
  public UpdateControl<Deployment> reconcile(Deployment deployment, Context<Deployment> context) {
    var workload = Deployments.workload(deployment);
    if (!workload.held()) {
      return UpdateControl.noUpdate();
    }
    var resource = context.getSecondaryResource(SchemaVersion.class);
    var present = resource.map(WorkloadReconciler::recorded).orElse(null);
    var verdict = Verdict.of(workload, resource.isPresent(), present);
    if (verdict.satisfied()) {
      release(deployment, verdict);
    } else {
      events.record(
          deployment, true, verdict.reason().name(), "held by the gate: " + verdict.message());
    }
    return UpdateControl.noUpdate();
  }

  /**
   * The version recorded, as the passing policy reads it too: it counts only while it is about this
   * resource, and not after a change of the spec (perhaps to another database) that nobody has
   * looked at.
   */
  private static String recorded(SchemaVersion resource) {
    var status = resource.getStatus();
    boolean current =
        status != null
            && resource.getMetadata().getDeletionTimestamp() == null
            && resource.getMetadata().getGeneration().equals(status.observedGeneration());
    return current ? status.version() : null;
  }

  private void release(Deployment deployment, Verdict verdict) {
    // Null takes the field out: then nobody owns it, and no re-apply shows a difference.
    Map<String, Object> mark = new HashMap<>();
    mark.put(Names.HELD, null);
    Map<String, Object> pause = new HashMap<>();
    pause.put("paused", null);
    var merge =
        Map.of(
            "metadata",
            Map.of(
                "resourceVersion",
                deployment.getMetadata().getResourceVersion(),
                "annotations",
                mark),
            "spec",
            pause);
    try {
      client
          .apps()
          .deployments()
          .inNamespace(deployment.getMetadata().getNamespace())
          .withName(deployment.getMetadata().getName())
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              client.getKubernetesSerialization().asJson(merge));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        // Judged from a cache that lags: the event that brings it up to date judges again.
        return;
      }
      throw e;
    }
    LOG.infof(
        "released Deployment %s/%s: %s",
        deployment.getMetadata().getNamespace(),
        deployment.getMetadata().getName(),
        verdict.message());
    events.record(
        deployment, false, verdict.reason().name(), "the roll-out goes on: " + verdict.message());
  }

  private static ResourceID required(Deployment deployment) {
    return new ResourceID(
        String.valueOf(Deployments.workload(deployment).requires()),
        deployment.getMetadata().getNamespace());
  }

  private static String key(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }
}
