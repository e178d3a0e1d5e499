package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.Decide;
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
import java.util.List;

/** Takes each SchemaVersion one step further: observe, decide, status, apply. */
@Singleton
@ControllerConfiguration(
    name = "schemaversion",
    // An annotation (retry) counts, and so does deletion, for which there is no permanent
    // finalizer.
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true,
    informer = @Informer)
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 30_000)
public class SchemaVersionReconciler implements Reconciler<SchemaVersion> {
  private static final Duration AFTER_CONFLICT = Duration.ofSeconds(1);

  private final Observer observer;
  private final StatusWriter statusWriter;
  private final Applier applier;

  SchemaVersionReconciler(Observer observer, StatusWriter statusWriter, Applier applier) {
    this.observer = observer;
    this.statusWriter = statusWriter;
    this.applier = applier;
  }

  @Override
  public List<EventSource<?, SchemaVersion>> prepareEventSources(
      EventSourceContext<SchemaVersion> context) {
    return EventSources.of(context);
  }

  @Override
  public UpdateControl<SchemaVersion> reconcile(
      SchemaVersion resource, Context<SchemaVersion> context) {
    if (context.isPrimaryResourceDeleted()) {
      return UpdateControl.noUpdate();
    }
    try {
      var world = observer.observe(resource, context);
      var decision = Decide.next(world);
      var recorded = statusWriter.write(resource, decision.status(), context);
      applier.apply(decision.actions(), recorded, world);
      var control = UpdateControl.<SchemaVersion>noUpdate();
      decision.lookAgain().ifPresent(control::rescheduleAfter);
      return control;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // Decided from a cache that lags: the event that brings it up to date is on its way.
        return UpdateControl.<SchemaVersion>noUpdate().rescheduleAfter(AFTER_CONFLICT);
      }
      throw e;
    }
  }
}
