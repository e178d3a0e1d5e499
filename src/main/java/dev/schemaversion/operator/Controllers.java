package dev.schemaversion.operator;

import dev.schemaversion.operator.gate.GateModeReporter;
import dev.schemaversion.operator.gate.PodReconciler;
import dev.schemaversion.operator.gate.WorkloadReconciler;
import dev.schemaversion.operator.metrics.ReconciliationMetrics;
import dev.schemaversion.operator.reconcile.FairExecutor;
import dev.schemaversion.operator.reconcile.SchemaVersionReconciler;
import dev.schemaversion.operator.reconcile.StaleDecisionException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.slf4j.MDC;

/**
 * Starts and stops the controllers, and reports their readiness. The Java Operator SDK is used
 * without the Quarkus extension for it: version 7.7.3 of the extension drops {@code
 * triggerReconcilerOnAllEvents}.
 */
@Readiness
@Singleton
public class Controllers implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Controllers.class);
  private static final String LEASE = "schemaversion-operator";

  /** The time after the last renewal of the lease until another replica leads. */
  public static final Duration LEASE_DURATION = Duration.ofSeconds(15);

  /** The time after the last renewal of the lease until the leader stops. */
  public static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  /**
   * The limit of concurrent reconciliations. More would slow down the API server for each of them,
   * and a decision must be executed within seconds, see {@link StaleDecisionException}.
   */
  private static final int MAX_CONCURRENT = 16;

  /** The limit of concurrent reconciliations of one kind in one namespace. */
  private static final int MAX_CONCURRENT_PER_NAMESPACE = 5;

  /**
   * Practically no timeout: the initial lists are retried until they are complete, and no
   * reconciliation begins before.
   */
  private static final Duration CACHE_SYNC_TIMEOUT = Duration.ofDays(365);

  private final Operator operator;
  private final GateModeReporter gateMode;
  private volatile boolean started;
  private volatile boolean stopping;

  /** Registers the controllers without starting them. */
  Controllers(
      KubernetesClient client,
      Settings settings,
      SchemaVersionReconciler resources,
      WorkloadReconciler workloads,
      PodReconciler pods,
      MeterRegistry meters,
      GateModeReporter gateMode) {
    this.gateMode = gateMode;
    this.operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(client)
                    .withMetrics(ReconciliationMetrics.of(meters))
                    .withCloseClientOnStop(false)
                    .withExecutorService(
                        new FairExecutor(
                            Controllers::kindAndNamespace,
                            MAX_CONCURRENT,
                            MAX_CONCURRENT_PER_NAMESPACE))
                    .withStopOnInformerErrorDuringStartup(false)
                    .withCacheSyncTimeout(CACHE_SYNC_TIMEOUT)
                    .withLeaderElectionConfiguration(leaderElection()));
    register(resources, settings.namespaces());
    register(workloads, settings.namespaces());
    register(pods, settings.namespaces());
  }

  /**
   * Registers a controller. All its event sources take the namespaces from it, because without the
   * rights in the whole cluster the API server rejects a list of all namespaces.
   */
  private <R extends HasMetadata> void register(Reconciler<R> reconciler, Set<String> namespaces) {
    operator.register(
        reconciler,
        controller -> {
          if (!namespaces.isEmpty()) {
            controller.settingNamespaces(namespaces);
          }
        });
  }

  /** Returns the queue of the object that is submitted. The SDK exposes it only in the MDC. */
  private static String kindAndNamespace() {
    return MDC.get("resource.kind") + "/" + MDC.get("resource.namespace");
  }

  /** One replica leads, the others are on standby. */
  private LeaderElectionConfiguration leaderElection() {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseDuration(LEASE_DURATION)
        .withRenewDeadline(RENEW_DEADLINE)
        .withRetryPeriod(Duration.ofSeconds(2))
        .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::lostLeadership, leader -> {}))
        .build();
  }

  /**
   * Halts the process, because another replica may lead already and this one must not write any
   * more. The SDK (5.3.2) would continue to reconcile. An orderly exit would wait for the thread
   * that this method is called in, and never end.
   */
  private void lostLeadership() {
    if (!stopping) {
      LOG.error("lost the leader election's lease, so this process exits");
      TerminationMessage.clear();
      Runtime.getRuntime().halt(1);
    }
  }

  /**
   * Starts the controllers in a thread of their own. The start ends when the initial lists are
   * complete; with a slow API server the liveness probe must succeed before that.
   */
  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().daemon().name("controllers").start(this::run);
  }

  private void run() {
    try {
      operator.start();
      started = true;
      gateMode.refresh();
    } catch (RuntimeException e) {
      if (!stopping) {
        LOG.error("the controllers failed to start", e);
        Quarkus.asyncExit(1);
      }
    }
  }

  void stop(@Observes ShutdownEvent event) {
    // Releases the lease; the callback must not take this for a lost lease.
    stopping = true;
    TerminationMessage.clear();
    if (started) {
      operator.stop();
    }
  }

  /** Reports whether every watch is connected. A replica on standby is ready too. */
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("watches")
        .status(started && operator.getRuntimeInfo().allEventSourcesAreHealthy())
        .build();
  }
}
