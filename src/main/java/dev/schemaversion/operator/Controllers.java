package dev.schemaversion.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Starts and stops the controllers. The Java Operator SDK is used as it is, without Quarkus's
 * extension for it, which (7.7.3) drops {@code triggerReconcilerOnAllEvents}.
 */
@Readiness
@Singleton
class Controllers implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Controllers.class);
  private static final String LEASE = "schemaversion-operator";

  /** How long after the last renewal another replica leads. */
  static final Duration LEASE_DURATION = Duration.ofSeconds(15);

  /** How long after the last renewal the one that leads gives up. */
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  private final Operator operator;
  private volatile boolean stopping;

  /** Prepares them. */
  Controllers(
      KubernetesClient client,
      SchemaVersionReconciler resources,
      WorkloadReconciler workloads,
      PodReconciler pods) {
    this.operator =
        new Operator(
            settings ->
                settings
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withLeaderElectionConfiguration(leaderElection()));
    operator.register(resources);
    operator.register(workloads);
    operator.register(pods);
  }

  /** One replica works, the others wait. */
  private LeaderElectionConfiguration leaderElection() {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseDuration(LEASE_DURATION)
        .withRenewDeadline(RENEW_DEADLINE)
        .withRetryPeriod(Duration.ofSeconds(2))
        .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::lostLeadership, leader -> {}))
        .build();
  }

  /**
   * Whoever has lost the lease must not write once more, because another works by now. The SDK
   * (5.3.2) would go on; an exit in order would wait for the thread that we are called in.
   */
  private void lostLeadership() {
    if (!stopping) {
      LOG.error("Another replica leads now, so this one's process ends");
      Runtime.getRuntime().halt(1);
    }
  }

  void start(@Observes StartupEvent event) {
    operator.start();
  }

  void stop(@Observes ShutdownEvent event) {
    // The lease is given back, which is no loss.
    stopping = true;
    operator.stop();
  }

  /** Ready when every watch is up, leader or not. */
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("watches")
        .status(operator.getRuntimeInfo().allEventSourcesAreHealthy())
        .build();
  }
}
