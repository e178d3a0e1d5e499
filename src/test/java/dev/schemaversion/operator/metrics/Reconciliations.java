package dev.schemaversion.operator.metrics;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Map;

/** Calls the SDK's metrics as its event processor does, without a cluster. */
final class Reconciliations {
  static final String CONTROLLER = "schemaversion";

  private static final Map<String, Object> METADATA = Map.of(Constants.CONTROLLER_NAME, CONTROLLER);

  private final Metrics metrics;

  /** Registers a controller. */
  Reconciliations(Metrics metrics) {
    this.metrics = metrics;
    try (var client = new KubernetesClientBuilder().build()) {
      new Operator(settings -> settings.withKubernetesClient(client).withMetrics(metrics))
          .register(new NoReconciler());
    }
  }

  /** A reconciliation that fails, and one after it that succeeds. */
  void reconcile(SchemaVersion resource) throws Exception {
    var id = ResourceID.fromResource(resource);
    metrics.eventReceived(new ResourceEvent(ResourceAction.ADDED, id, resource), METADATA);
    for (int attempt = 0; attempt < 2; attempt++) {
      var retry = new Attempt(attempt);
      metrics.reconciliationSubmitted(resource, retry, METADATA);
      metrics.reconciliationStarted(resource, METADATA);
      var unused = metrics.timeControllerExecution(new Execution(id, null));
      if (attempt == 0) {
        metrics.reconciliationFailed(resource, retry, new Exception("refused"), METADATA);
      } else {
        metrics.reconciliationSucceeded(resource, METADATA);
      }
      metrics.reconciliationFinished(resource, retry, METADATA);
    }
  }

  /** An execution that ends with an exception. */
  void fail(SchemaVersion resource, Exception exception) throws Exception {
    var unused =
        metrics.timeControllerExecution(
            new Execution(ResourceID.fromResource(resource), exception));
  }

  private record Attempt(int number) implements RetryInfo {
    @Override
    public int getAttemptCount() {
      return number;
    }

    @Override
    public boolean isLastAttempt() {
      return false;
    }
  }

  private record Execution(ResourceID id, Exception exception)
      implements ControllerExecution<String> {
    @Override
    public String name() {
      return "reconcile";
    }

    @Override
    public String controllerName() {
      return CONTROLLER;
    }

    @Override
    public String successTypeName(String result) {
      return "resource";
    }

    @Override
    public ResourceID resourceID() {
      return id;
    }

    @Override
    public Map<String, Object> metadata() {
      return METADATA;
    }

    @Override
    public String execute() throws Exception {
      if (exception != null) {
        throw exception;
      }
      return "done";
    }
  }

  @ControllerConfiguration(name = CONTROLLER)
  private static final class NoReconciler implements Reconciler<SchemaVersion> {
    @Override
    public UpdateControl<SchemaVersion> reconcile(
        SchemaVersion resource, Context<SchemaVersion> context) {
      return UpdateControl.noUpdate();
    }
  }
}
