package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.decide.gate.Verdict;
import dev.schemaversion.operator.watch.EventSources;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The gate's other half: releases a Deployment that the admission policy holds as soon as all that
 * it needs is there, and tells on the Deployment why it waits. A pause without the policy's mark is
 * a person's own and left alone.
 */
@Singleton
@ControllerConfiguration(
    name = "workload",
    generationAwareEventProcessing = false,
    informer = @Informer(labelSelector = Names.REQUIRES, informerListLimit = EventSources.PAGE))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 30_000)
public class WorkloadReconciler implements Reconciler<Deployment> {
  private final Gate gate;
  private final UngatedWorkloadDetector ungated;

  public WorkloadReconciler(Gate gate, UngatedWorkloadDetector ungated) {
    this.gate = gate;
    this.ungated = ungated;
  }

  @Override
  public List<EventSource<?, Deployment>> prepareEventSources(
      EventSourceContext<Deployment> context) {
    return Gate.recorded(context, Deployment.class, Deployments::needs);
  }

  @Override
  public UpdateControl<Deployment> reconcile(Deployment deployment, Context<Deployment> context) {
    ungated.look(deployment);
    var workload = Deployments.workload(deployment);
    if (workload.held()) {
      var verdict = gate.judge(workload.needs(), context);
      if (verdict.satisfied()) {
        release(deployment, verdict);
      } else {
        gate.tellHeld(deployment, verdict);
      }
    }
    return UpdateControl.noUpdate();
  }

  private void release(Deployment deployment, Verdict verdict) {
    // Null takes the field out: then nobody owns it, and no re-apply shows a difference.
    Map<String, Object> mark = new HashMap<>();
    mark.put(Names.HELD, null);
    Map<String, Object> pause = new HashMap<>();
    pause.put("paused", null);
    gate.release(deployment, mark, pause, Reason.RolloutReleased, "the roll-out goes on", verdict);
  }
}
