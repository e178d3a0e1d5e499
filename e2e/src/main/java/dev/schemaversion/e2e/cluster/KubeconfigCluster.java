package dev.schemaversion.e2e.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A cluster that the user names. Images are loaded through a registry: Docker pushes them, and the
 * cluster pulls them.
 */
final class KubeconfigCluster implements Cluster {
  private final Path kubeconfig;
  private final String registry;

  KubeconfigCluster(Path kubeconfig, String registry) {
    if (!Files.isReadable(kubeconfig)) {
      throw new IllegalStateException("There is no kubeconfig to read at " + kubeconfig);
    }
    this.kubeconfig = kubeconfig.toAbsolutePath();
    this.registry =
        registry.endsWith("/") ? registry.substring(0, registry.length() - 1) : registry;
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public List<String> kubectl() {
    return List.of("kubectl", "--kubeconfig", kubeconfig.toString());
  }

  @Override
  public void load(Path imageTar) {
    var name = Images.nameOf(imageTar);
    Command.run("docker", "load", "--input", imageTar.toString());
    Command.run("docker", "tag", Images.local(name), image(name));
    Command.run("docker", "push", image(name));
  }

  @Override
  public String image(String name) {
    return registry + "/" + name + ":dev";
  }

  @Override
  public void close() {
    // The cluster existed before the tests and stays.
  }
}
