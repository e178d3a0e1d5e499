package dev.schemaversion.e2e.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** Decides which {@link Cluster} is started. */
final class ClusterChoice {
  static final String KUBECONFIG = "E2E_KUBECONFIG";
  static final String REGISTRY = "E2E_REGISTRY";

  private static final Logger LOG = LoggerFactory.getLogger(ClusterChoice.class);

  private final Map<String, String> environment;

  private ClusterChoice(Map<String, String> environment) {
    this.environment = environment;
  }

  static ClusterChoice of(Map<String, String> environment) {
    return new ClusterChoice(environment);
  }

  Cluster start() {
    return named().or(ClusterChoice::inDocker).orElseGet(LocalCluster::start);
  }

  /** Starts an API server for objects only; returns none if the user names the cluster. */
  Optional<Cluster> startApiServer() {
    return value(KUBECONFIG).isPresent()
        ? Optional.empty()
        : Optional.of(inDocker().orElseGet(LocalCluster::startApiServer));
  }

  /** Returns the cluster that the user names in the environment. No other one may be used then. */
  Optional<Cluster> named() {
    return value(KUBECONFIG)
        .map(
            kubeconfig ->
                new KubeconfigCluster(
                    Path.of(kubeconfig),
                    value(REGISTRY)
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    KUBECONFIG
                                        + " is set, but "
                                        + REGISTRY
                                        + " is not: the registry that images are pushed to and that the cluster"
                                        + " pulls from, such as registry.example.org/schemaversion"))));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  /**
   * Starts K3s in Docker. Docker may answer and still not be able to run K3s, which needs a
   * privileged container and an image from a registry.
   */
  private static Optional<Cluster> inDocker() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      LOG.info("No Docker engine answers, using the local control plane");
      return Optional.empty();
    }
    try {
      return Optional.of(K3sCluster.start());
    } catch (RuntimeException e) {
      LOG.warn(
          "Docker answers but cannot run K3s, using the local control plane: {}", e.toString());
      return Optional.empty();
    }
  }
}
