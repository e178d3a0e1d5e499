package dev.schemaversion.e2e.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes cluster for tests: of version 1.36 or newer, except for the tests of the gate. There
 * are three kinds, and no test depends on the kind:
 *
 * <ol>
 *   <li>the cluster that the user names in {@code E2E_KUBECONFIG}; no other existing cluster is
 *       ever used,
 *   <li>K3s in Docker, if a Docker engine answers and can run it,
 *   <li>a local control plane without Docker ({@code e2e/cluster/local/run}), on Linux as root.
 * </ol>
 */
public interface Cluster extends AutoCloseable {

  /** Starts the first of the three that is available. The first start can take minutes. */
  static Cluster start() {
    return ClusterChoice.of(System.getenv()).start();
  }

  /**
   * Starts another cluster, for tests that install cluster-wide objects. Returns none if the user
   * names the cluster, because then only that one may be used.
   */
  static Optional<Cluster> startAnother() {
    var choice = ClusterChoice.of(System.getenv());
    return choice.named().isPresent() ? Optional.empty() : Optional.of(choice.start());
  }

  /**
   * Starts an API server without controllers and nodes, in seconds: no controller acts on its
   * objects, and no pod runs. With Docker a whole cluster is started instead. Returns none if the
   * user names the cluster.
   */
  static Optional<Cluster> startApiServer() {
    return ClusterChoice.of(System.getenv()).startApiServer();
  }

  /** Returns an administrator's kubeconfig for programs on this machine. */
  Path kubeconfig();

  /** Returns the kubectl command for this cluster, without arguments. It reads standard input. */
  List<String> kubectl();

  /**
   * Makes an image available to pods under the reference that {@link #image} gives for it.
   *
   * @param imageTar an image called {@code localhost/NAME:dev}, in the form of {@code docker save},
   *     in a file called {@code NAME.tar}
   */
  void load(Path imageTar);

  /**
   * Returns the reference that a pod on this cluster uses for the image of this name, such as
   * {@code postgres}.
   */
  String image(String name);

  /**
   * Returns the cluster's machine for the injection of faults, if the kind of cluster allows it.
   */
  default Optional<Machine> machine() {
    return Optional.empty();
  }

  /** Builds the image of this name, if it has changed, and makes it available to pods. */
  default void load(String name) {
    load(Images.build(name));
  }

  /** Deletes the cluster that {@link #start} created. A cluster that the user named stays. */
  @Override
  void close();
}
