package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.operator.reconcile.Events;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Reports the {@link GateMode}, which changes when the cluster is upgraded or other manifests are
 * applied: in the log, as an Event on the operator's Deployment, and as a metric. The mode is read
 * at the start, and then at most every ten minutes, when the metric is scraped.
 */
@Singleton
public class GateModeReporter {
  private static final Logger LOG = Logger.getLogger(GateModeReporter.class);
  private static final Duration REFRESH_AFTER = Duration.ofMinutes(10);
  private static final String DEPLOYMENT = "schemaversion-operator";

  private final KubernetesClient client;
  private final InstalledPolicies policies;
  private final Events events;
  private final Clock clock;
  private GateMode mode = GateMode.Unknown;
  private Instant readAt = Instant.MIN;

  GateModeReporter(
      KubernetesClient client,
      InstalledPolicies policies,
      Events events,
      MeterRegistry meters,
      Clock clock) {
    this.client = client;
    this.policies = policies;
    this.events = events;
    this.clock = clock;
    register(meters, this::current);
  }

  /** Registers the metric, with a series for each mode. */
  public static void register(MeterRegistry meters, Supplier<GateMode> current) {
    for (var one : GateMode.values()) {
      Gauge.builder("schemaversion.gate.mode", () -> current.get() == one ? 1 : 0)
          .description("How the cluster holds workloads: 1 for the present mode, 0 for the others.")
          .tag("mode", one.name())
          .register(meters);
    }
  }

  private synchronized GateMode current() {
    if (clock.instant().isAfter(readAt.plus(REFRESH_AFTER))) {
      refresh();
    }
    return mode;
  }

  /** Reads the mode, and reports it if it has changed. */
  public synchronized void refresh() {
    readAt = clock.instant();
    var now = policies.mode();
    if (now == mode || now == GateMode.Unknown) {
      return;
    }
    mode = now;
    boolean warning = now == GateMode.None;
    var message = "gate mode %s: %s".formatted(now, now.meaning());
    LOG.log(warning ? Logger.Level.WARN : Logger.Level.INFO, message);
    emit(warning, message);
  }

  private void emit(boolean warning, String message) {
    try {
      var deployment =
          client.apps().deployments().inNamespace(client.getNamespace()).withName(DEPLOYMENT).get();
      if (deployment != null) {
        events.emit(deployment, warning, Reason.GateMode.name(), message);
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        // An operator that watches some namespaces only has no right to its own Deployment.
        LOG.warnf("cannot emit the Event %s: %s", Reason.GateMode, e.getMessage());
      }
    }
  }
}
