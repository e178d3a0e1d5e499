package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.operator.metrics.Metrics;
import dev.schemaversion.operator.watch.EventSources;
import dev.schemaversion.operator.watch.MigrationSources;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Takes each SchemaVersion one step further: observe, decide, status, apply. */
@Singleton
@ControllerConfiguration(
    name = "schemaversion",
    // An annotation (retry) counts, and so does deletion, for which there is no permanent
    // finalizer.
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true,
    informer = @Informer(informerListLimit = EventSources.PAGE))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 30_000)
public class SchemaVersionReconciler implements Reconciler<SchemaVersion> {
  private static final Logger LOG = Logger.getLogger(SchemaVersionReconciler.class);
  private static final Duration AFTER_CONFLICT = Duration.ofSeconds(1);

  private final ClusterStateReader observer;
  private final StatusWriter statusWriter;
  private final ActionExecutor applier;
  private final Metrics metrics;
  private final MigrationSources migrations;
  private SharedDatabaseIndex shared;

  SchemaVersionReconciler(
      ClusterStateReader observer,
      StatusWriter statusWriter,
      ActionExecutor applier,
      Metrics metrics,
      MigrationSources migrations) {
    this.observer = observer;
    this.statusWriter = statusWriter;
    this.applier = applier;
    this.metrics = metrics;
    this.migrations = migrations;
  }

  @Override
  public List<EventSource<?, SchemaVersion>> prepareEventSources(
      EventSourceContext<SchemaVersion> context) {
    var resources = context.getPrimaryCache();
    metrics.readFrom(resources::list);
    shared = new SharedDatabaseIndex(context);
    var sources =
        new ArrayList<EventSource<?, SchemaVersion>>(EventSources.of(context, migrations));
    sources.add(shared.events());
    return sources;
  }

  private SchemaVersion carryOut(
      Decision decision,
      SchemaVersion resource,
      ClusterState cluster,
      Context<SchemaVersion> context) {
    var recorded = statusWriter.write(resource, decision.status(), context);
    metrics.recorded(resource.getStatus(), decision.status());
    if (decision.status() != null && !decision.status().equals(resource.getStatus())) {
      shared.tell(recorded);
    }
    return applier.apply(decision.actions(), recorded, cluster);
  }

  @Override
  public UpdateControl<SchemaVersion> reconcile(
      SchemaVersion resource, Context<SchemaVersion> context) {
    if (context.isPrimaryResourceDeleted()) {
      shared.tell(resource);
      return UpdateControl.noUpdate();
    }
    try {
      var cluster = observer.observe(resource, context);
      var decision = Decide.next(cluster);
      var recorded = carryOut(decision, resource, cluster, context);
      if (decision.listsLivePods()) {
        // Only now, when the gate can know which version is about to come.
        cluster = observer.withLivePods(recorded, cluster, context);
        decision = Decide.next(cluster);
        carryOut(decision, recorded, cluster, context);
      }
      var control = UpdateControl.<SchemaVersion>noUpdate();
      decision.requeueAfter().ifPresent(control::rescheduleAfter);
      return control;
    } catch (StaleDecisionException e) {
      LOG.info(e.getMessage());
      return UpdateControl.<SchemaVersion>noUpdate().rescheduleAfter(AFTER_CONFLICT);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // Decided from a cache that lags: the event that brings it up to date is on its way.
        return UpdateControl.<SchemaVersion>noUpdate().rescheduleAfter(AFTER_CONFLICT);
      }
      throw e;
    }
  }
}
