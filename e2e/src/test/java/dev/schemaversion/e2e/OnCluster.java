package dev.schemaversion.e2e;

import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides tests with a {@link Cluster} and a {@link KubernetesClient} of its administrator, as
 * parameters. All tests of a run share one cluster. It starts when the first test requests it, and
 * ends with the run.
 */
public final class OnCluster implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Cluster.class || type == KubernetesClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var shared = shared(context);
    return parameter.getParameter().getType() == Cluster.class ? shared.cluster : shared.client;
  }

  /** The cluster of this run. */
  public static Cluster cluster(ExtensionContext context) {
    return shared(context).cluster;
  }

  /** The client of this run. */
  public static KubernetesClient client(ExtensionContext context) {
    return shared(context).client;
  }

  private static Shared shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(OnCluster.class))
        .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
  }

  /** What the store closes at the end of the run. */
  private record Shared(Cluster cluster, KubernetesClient client) implements AutoCloseable {
    /**
     * Mostly kubectl is asked, which takes a quarter of a second of processor time from the pods.
     */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    static Shared start() {
      Awaitility.setDefaultPollInterval(BETWEEN_QUESTIONS);
      var cluster = Cluster.start();
      var config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
      return new Shared(cluster, new KubernetesClientBuilder().withConfig(config).build());
    }

    @Override
    public void close() {
      client.close();
      cluster.close();
    }
  }
}
