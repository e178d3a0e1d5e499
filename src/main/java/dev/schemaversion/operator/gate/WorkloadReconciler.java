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
 * Releases a Deployment that the admission policy holds when its requirements are satisfied, and
 * emits Events that say why it waits. A Deployment that is paused without the policy's mark was
 * paused by a user and stays paused.
 */
@Singleton
@ControllerConfiguration(
    name = "workload",
    generationAwareEventProcessing = false,
    informer = @Informer(labelSelector = Names.REQUIRES, informerListLimit = EventSources.PAGE))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 30_000)
public class WorkloadReconciler implements Reconciler<Deployment> {
  private final Gate gate;
  private final UngatedWorkloadDetector ungatedWorkloads;

  public WorkloadReconciler(Gate gate, UngatedWorkloadDetector ungatedWorkloads) {
    this.gate = gate;
    this.ungatedWorkloads = ungatedWorkloads;
  }

  @Override
  public List<EventSource<?, Deployment>> prepareEventSources(
      EventSourceContext<Deployment> context) {
    return Gate.requiredSchemaVersions(context, Deployment.class, Deployments::needs);
  }

  @Override
  public UpdateControl<Deployment> reconcile(Deployment deployment, Context<Deployment> context) {
    ungatedWorkloads.check(deployment);
    ungatedWorkloads.checkTemplate(deployment);
    var workload = Deployments.workload(deployment);
    if (workload.held()) {
      var verdict = gate.verdict(workload.needs(), context);
      if (verdict.satisfied()) {
        release(deployment, verdict);
      } else {
        gate.emitHeld(deployment, verdict);
      }
    }
    return UpdateControl.noUpdate();
  }

  private void release(Deployment deployment, Verdict verdict) {
    // Null removes the field. Then no field manager owns it, and a re-apply shows no difference.
    Map<String, Object> mark = new HashMap<>();
    mark.put(Names.HELD, null);
    Map<String, Object> pause = new HashMap<>();
    pause.put("paused", null);
    gate.release(
        deployment, mark, pause, Reason.RolloutReleased, "the roll-out is released", verdict);
  }
}
