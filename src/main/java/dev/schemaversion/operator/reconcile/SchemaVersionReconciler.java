package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.operator.metrics.Metrics;
import dev.schemaversion.operator.progress.ProgressReader;
import dev.schemaversion.operator.queue.IndexedJobs;
import dev.schemaversion.operator.queue.JobQueue;
import dev.schemaversion.operator.traces.Traces;
import dev.schemaversion.operator.watch.EventSources;
import dev.schemaversion.operator.watch.MigrationSources;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Reconciles a SchemaVersion: reads the cluster's state, decides, writes the status, and executes
 * the actions.
 */
@Singleton
@ControllerConfiguration(
    name = "schemaversion",
    // Annotations (retry, approve) and deletion also trigger a reconciliation. There is no
    // permanent finalizer, so a deletion arrives only with triggerReconcilerOnAllEvents.
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true,
    informer = @Informer(informerListLimit = EventSources.PAGE))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 30_000)
public class SchemaVersionReconciler implements Reconciler<SchemaVersion> {
  private static final Logger LOG = Logger.getLogger(SchemaVersionReconciler.class);
  private static final Duration AFTER_CONFLICT = Duration.ofSeconds(1);

  private final ClusterStateReader clusterStateReader;
  private final StatusWriter statusWriter;
  private final ActionExecutor actionExecutor;
  private final Metrics metrics;
  private final MigrationSources migrations;
  private final Decisions decisions;
  private final JobQueue queue;
  private final ProgressReader progress;
  private final Traces traces;
  private SharedDatabaseIndex sharedDatabases;

  SchemaVersionReconciler(
      ClusterStateReader clusterStateReader,
      StatusWriter statusWriter,
      ActionExecutor actionExecutor,
      Metrics metrics,
      MigrationSources migrations,
      Decisions decisions,
      JobQueue queue,
      ProgressReader progress,
      Traces traces) {
    this.clusterStateReader = clusterStateReader;
    this.statusWriter = statusWriter;
    this.actionExecutor = actionExecutor;
    this.metrics = metrics;
    this.migrations = migrations;
    this.decisions = decisions;
    this.queue = queue;
    this.progress = progress;
    this.traces = traces;
  }

  @Override
  public List<EventSource<?, SchemaVersion>> prepareEventSources(
      EventSourceContext<SchemaVersion> context) {
    var resources = context.getPrimaryCache();
    metrics.readFrom(resources::list);
    sharedDatabases = new SharedDatabaseIndex(context);
    var jobs = EventSources.jobs(context);
    queue.readFrom(new IndexedJobs(jobs));
    var sources =
        new ArrayList<EventSource<?, SchemaVersion>>(EventSources.of(context, jobs, migrations));
    sources.add(queue.events());
    sources.add(sharedDatabases.events());
    sources.add(progress.events());
    return sources;
  }

  private SchemaVersion recordAndExecute(
      Decision decision,
      SchemaVersion resource,
      ClusterState cluster,
      Context<SchemaVersion> context) {
    var recorded = statusWriter.write(resource, decision.status(), context);
    metrics.recorded(resource.getStatus(), decision.status());
    traces.recorded(cluster.withResource(resource), decision.status());
    if (decision.status() != null && !decision.status().equals(resource.getStatus())) {
      sharedDatabases.notifyOthers(recorded);
    }
    return actionExecutor.execute(decision.actions(), recorded, cluster);
  }

  @Override
  public UpdateControl<SchemaVersion> reconcile(
      SchemaVersion resource, Context<SchemaVersion> context) {
    if (context.isPrimaryResourceDeleted()) {
      sharedDatabases.notifyOthers(resource);
      decisions.forget(resource);
      queue.notifyAdmitted();
      progress.forget(ResourceID.fromResource(resource));
      return UpdateControl.noUpdate();
    }
    try {
      var cluster = clusterStateReader.read(resource, context);
      var decision = decisions.next(cluster);
      var recorded = recordAndExecute(decision, resource, cluster, context);
      if (decision.listsLivePods()) {
        // Only now: status.target is written, so the gate already takes the new version into
        // account for pods that start after this list.
        cluster = clusterStateReader.withLivePods(recorded, cluster, context);
        decision = decisions.next(cluster);
        recordAndExecute(decision, recorded, cluster, context);
      }
      var control = UpdateControl.<SchemaVersion>noUpdate();
      decision.requeueAfter().ifPresent(control::rescheduleAfter);
      return control;
    } catch (StaleDecisionException e) {
      LOG.info(e.getMessage());
      return UpdateControl.<SchemaVersion>noUpdate().rescheduleAfter(AFTER_CONFLICT);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // The cache lags. The pending event may arrive later than the requeue.
        return UpdateControl.<SchemaVersion>noUpdate().rescheduleAfter(AFTER_CONFLICT);
      }
      decisions.failed(resource);
      throw e;
    } catch (RuntimeException e) {
      decisions.failed(resource);
      throw e;
    } finally {
      // A Job of this resource may have ended, or it may have given up its place.
      queue.notifyAdmitted();
    }
  }
}
