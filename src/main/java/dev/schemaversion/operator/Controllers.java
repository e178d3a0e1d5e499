package dev.schemaversion.operator;

import dev.schemaversion.operator.gate.PodReconciler;
import dev.schemaversion.operator.gate.WorkloadReconciler;
import dev.schemaversion.operator.reconcile.FairExecutor;
import dev.schemaversion.operator.reconcile.SchemaVersionReconciler;
import dev.schemaversion.operator.reconcile.StaleDecisionException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.slf4j.MDC;

/**
 * Starts and stops the controllers. The Java Operator SDK is used as it is, without Quarkus's
 * extension for it, which (7.7.3) drops {@code triggerReconcilerOnAllEvents}.
 */
@Readiness
@Singleton
public class Controllers implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Controllers.class);
  private static final String LEASE = "schemaversion-operator";

  /** How long after the last renewal another replica leads. */
  public static final Duration LEASE_DURATION = Duration.ofSeconds(15);

  /** How long after the last renewal the one that leads gives up. */
  public static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  /**
   * Reconciliations at once, and of one kind in one namespace. More would make the API server
   * slower for each of them, and a Job that is decided about must be made soon, see {@link
   * StaleDecisionException}.
   */
  private static final int MOST_AT_ONCE = 16;

  private static final int MOST_OF_A_NAMESPACE = 5;

  /** The first lists are retried until they are complete; nothing is decided before. */
  private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

  private final Operator operator;
  private volatile boolean started;
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
                    .withExecutorService(
                        new FairExecutor(
                            Controllers::kindAndNamespace, MOST_AT_ONCE, MOST_OF_A_NAMESPACE))
                    .withStopOnInformerErrorDuringStartup(false)
                    .withCacheSyncTimeout(AS_LONG_AS_IT_TAKES)
                    .withLeaderElectionConfiguration(leaderElection()));
    operator.register(resources);
    operator.register(workloads);
    operator.register(pods);
  }

  /** Of the object that is about to be reconciled: the SDK says it nowhere else. */
  private static String kindAndNamespace() {
    return MDC.get("resource.kind") + "/" + MDC.get("resource.namespace");
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
      TerminationMessage.clear();
      Runtime.getRuntime().halt(1);
    }
  }

  /**
   * Starts them beside: this ends when the first lists are complete, and a slow API server is no
   * reason to be taken for dead.
   */
  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().daemon().name("controllers").start(this::run);
  }

  private void run() {
    try {
      operator.start();
      started = true;
    } catch (RuntimeException e) {
      if (!stopping) {
        LOG.error("The controllers do not start", e);
        Quarkus.asyncExit(1);
      }
    }
  }

  void stop(@Observes ShutdownEvent event) {
    // The lease is given back, which is no loss.
    stopping = true;
    TerminationMessage.clear();
    if (started) {
      operator.stop();
    }
  }

  /** Ready when every watch is up, leader or not. */
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("watches")
        .status(started && operator.getRuntimeInfo().allEventSourcesAreHealthy())
        .build();
  }
}
