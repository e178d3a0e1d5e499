package dev.schemaversion.operator.watch;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Makes the operator's one client of the API server. */
@ApplicationScoped
class ApiClient {
  /** The API server itself gives up on a request after a minute. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(65);

  private static final Duration CHECK = Duration.ofSeconds(30);

  @Produces
  @Singleton
  KubernetesClient client(Config config, KubernetesSerialization serialization, Clock clock) {
    var liveness = new WatchLiveness(clock);
    var unused =
        Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("watch-liveness").factory())
            .scheduleAtFixedRate(
                liveness::endSilent, CHECK.toSeconds(), CHECK.toSeconds(), TimeUnit.SECONDS);
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(config)
                // An answer to a web socket would be read whole before it could be filtered.
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
