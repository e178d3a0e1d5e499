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
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Releases a Deployment that the gate holds when its requirements are satisfied, and emits Events
 * that say why it waits. A Deployment that is paused without the gate's mark was paused by a user
 * and stays paused.
 *
 * <p>Where no admission policy can pause a Deployment, this controller does, as soon as it sees
 * that a template is rolled out whose requirements are not satisfied. The new pods that were
 * created until then have a scheduling gate.
 */
@Singleton
@ControllerConfiguration(
    name = "workload",
    generationAwareEventProcessing = false,
    informer = @Informer(labelSelector = Names.REQUIRES, informerListLimit = EventSources.PAGE))
@GradualRetry(maxAttempts = -1, initialInterval = 200, intervalMultiplier = 2, maxInterval = 30_000)
public class WorkloadReconciler implements Reconciler<Deployment> {
  private static final Logger LOG = Logger.getLogger(WorkloadReconciler.class);

  private final Gate gate;
  private final InstalledPolicies policies;
  private final UngatedWorkloadDetector ungatedWorkloads;

  public WorkloadReconciler(
      Gate gate, InstalledPolicies policies, UngatedWorkloadDetector ungatedWorkloads) {
    this.gate = gate;
    this.policies = policies;
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
    boolean held = Deployments.workload(deployment).held();
    boolean unchecked = rollsOutUnchecked(deployment);
    if (held || unchecked) {
      var verdict = gate.verdict(Deployments.needs(deployment), context);
      if (!verdict.satisfied()) {
        hold(deployment, unchecked, verdict);
      } else if (held) {
        release(deployment, verdict);
      }
    }
    return UpdateControl.noUpdate();
  }

  /** Whether a roll-out is in progress that no admission policy has checked. */
  private boolean rollsOutUnchecked(Deployment deployment) {
    return !Deployments.paused(deployment)
        && Deployments.rollsOut(deployment)
        && policies.mode().operatorPauses();
  }

  private void hold(Deployment deployment, boolean unchecked, Verdict verdict) {
    if (unchecked) {
      var waitsFor = String.join(",", new TreeSet<>(Deployments.needs(deployment).names()));
      if (!gate.patch(deployment, Map.of(Names.HELD, waitsFor), Map.of("paused", true))) {
        return;
      }
      LOG.infof(
          "paused Deployment %s/%s: %s",
          deployment.getMetadata().getNamespace(),
          deployment.getMetadata().getName(),
          verdict.message());
    }
    gate.emitHeld(deployment, verdict);
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
