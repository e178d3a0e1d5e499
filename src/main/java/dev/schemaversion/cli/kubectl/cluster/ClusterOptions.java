package dev.schemaversion.cli.kubectl.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that choose cluster and namespace, with the names that kubectl gives them. */
public final class ClusterOptions {
  private static final int TIMEOUT_MILLIS = 10_000;

  @Option(
      names = {"-n", "--namespace"},
      scope = ScopeType.INHERIT,
      paramLabel = "NAMESPACE",
      description = "The namespace. Defaults to that of the context.")
  private String namespace;

  @Option(
      names = "--context",
      scope = ScopeType.INHERIT,
      paramLabel = "CONTEXT",
      description = "The context of the kubeconfig. Defaults to the current one.")
  private String context;

  @Option(
      names = "--kubeconfig",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "The kubeconfig. Defaults to $KUBECONFIG, then to ~/.kube/config.")
  private Path kubeconfig;

  /** Returns the namespace of the option, else that of the context, else {@code default}. */
  String namespace(Config config) {
    if (namespace != null) {
      return namespace;
    }
    return config.getNamespace() == null ? "default" : config.getNamespace();
  }

  /** Returns the name of the chosen context, or null for the current one. */
  public String context() {
    return context;
  }

  /**
   * Returns the configuration of the client.
   *
   * @throws Failure if the kubeconfig cannot be read or has no such context
   */
  public Config config() {
    Config config;
    try {
      if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
        throw new IllegalArgumentException("there is no readable file");
      }
      config =
          kubeconfig == null
              ? Config.autoConfigure(context)
              : Config.fromKubeconfig(context, kubeconfig.toFile());
    } catch (IllegalArgumentException | KubernetesClientException e) {
      throw new Failure(
          "The kubeconfig %s cannot be read: %s. Name another one with --kubeconfig."
              .formatted(
                  kubeconfig == null ? Config.getKubeconfigFilenames() : kubeconfig,
                  e.getMessage()),
          e);
    }
    if (context != null
        && (config.getCurrentContext() == null
            || !context.equals(config.getCurrentContext().getName()))) {
      throw new Failure(
          "The kubeconfig has no context \"%s\". List the contexts with: kubectl config get-contexts"
              .formatted(context));
    }
    config.setConnectionTimeout(TIMEOUT_MILLIS);
    // A person waits: one repetition is enough to survive a restart of a load balancer.
    config.setRequestRetryBackoffLimit(1);
    return config;
  }

  /** Connects to the cluster. */
  public Cluster connect() {
    var config = config();
    return connect(new KubernetesClientBuilder().withConfig(config).build());
  }

  /** Uses this client, in the namespace that the options choose. */
  public Cluster connect(KubernetesClient client) {
    return new Cluster(client, namespace(client.getConfiguration()));
  }
}
