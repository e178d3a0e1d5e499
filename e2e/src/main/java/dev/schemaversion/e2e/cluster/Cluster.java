package dev.schemaversion.e2e.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes cluster of version 1.36 or newer to test on. It is one of three, and no test can
 * tell which:
 *
 * <ol>
 *   <li>the one that the user names in {@code E2E_KUBECONFIG}; no other existing cluster is ever
 *       touched,
 *   <li>K3s in Docker, where a Docker engine answers and can run it,
 *   <li>a local control plane without Docker ({@code e2e/cluster/local/run}), on Linux as root.
 * </ol>
 */
public interface Cluster extends AutoCloseable {

  /** Starts the first of the three that can be had here; this can take minutes the first time. */
  static Cluster start() {
    return ClusterChoice.of(System.getenv()).start();
  }

  /**
   * Starts one more beside it, for who installs there what all others share; none where the user
   * names the cluster, for then there is but that one.
   */
  static Optional<Cluster> startAnother() {
    var choice = ClusterChoice.of(System.getenv());
    return choice.named().isPresent() ? Optional.empty() : Optional.of(choice.start());
  }

  /**
   * Starts an API server with nothing behind it, in seconds: what is stored there no controller
   * acts on, and no pod ever runs. Where only Docker can be had it is a whole cluster; none where
   * the user names the cluster.
   */
  static Optional<Cluster> startApiServer() {
    return ClusterChoice.of(System.getenv()).startApiServer();
  }

  /** A kubeconfig of an administrator, good for programs on this machine. */
  Path kubeconfig();

  /**
   * The words that a kubectl command line for this cluster begins with; it reads standard input.
   */
  List<String> kubectl();

  /**
   * Makes an image available to pods under the reference that {@link #image} gives for it.
   *
   * @param imageTar an image called {@code localhost/NAME:dev}, in the form of {@code docker save},
   *     in a file called {@code NAME.tar}
   */
  void load(Path imageTar);

  /**
   * The reference that a pod on this cluster uses for the image of this name, such as {@code
   * postgres}.
   */
  String image(String name);

  /** The machine that it runs on, where that is one that may be broken; none otherwise. */
  default Optional<Machine> machine() {
    return Optional.empty();
  }

  /** Builds the image of this name, if it has changed, and makes it available to pods. */
  default void load(String name) {
    load(Images.build(name));
  }

  /** Ends what {@link #start} began: a cluster of our own goes, one that the user named stays. */
  @Override
  void close();
}
