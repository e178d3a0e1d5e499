package dev.schemaversion.operator.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapper;
import io.quarkus.kubernetes.client.KubernetesResources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Produces the operator's client of the API server. */
@ApplicationScoped
class ApiClient {
  /** Longer than the API server's own timeout of a minute. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(65);

  private static final Duration LIVENESS_INTERVAL = Duration.ofSeconds(30);

  /** Takes the place of Quarkus's default. The bean with the resources has a raw type. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  @Produces
  @Singleton
  KubernetesSerialization serialization(
      @KubernetesClientObjectMapper ObjectMapper mapper, @KubernetesResources Class[] resources) {
    var serialization = new RetryableSerialization(mapper);
    for (Class<? extends KubernetesResource> resource : resources) {
      serialization.registerKubernetesResource(resource);
    }
    return serialization;
  }

  @Produces
  @Singleton
  KubernetesClient client(Config config, KubernetesSerialization serialization, Clock clock) {
    var liveness = new WatchLiveness(clock);
    var unused =
        Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("watch-liveness").factory())
            .scheduleAtFixedRate(
                liveness::cancelSilent,
                LIVENESS_INTERVAL.toSeconds(),
                LIVENESS_INTERVAL.toSeconds(),
                TimeUnit.SECONDS);
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(config)
                // The response to a WebSocket would be buffered whole before it could be filtered.
                .withOnlyHttpWatches(true)
                .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
                .build())
        .withKubernetesSerialization(serialization)
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("kept-fields", new ResponseFilter(liveness)))
        .build();
  }

  void close(@Disposes KubernetesClient client) {
    client.close();
  }
}
