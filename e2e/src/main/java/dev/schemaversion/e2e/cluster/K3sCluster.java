package dev.schemaversion.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** K3s in a Docker container, which Testcontainers removes even if this process is killed. */
final class K3sCluster implements Cluster {
  private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.36.3-k3s1");

  private final K3sContainer k3s;
  private final Path kubeconfig;

  private K3sCluster(K3sContainer k3s, Path kubeconfig) {
    this.k3s = k3s;
    this.kubeconfig = kubeconfig;
  }

  static K3sCluster start() {
    var k3s = new K3sContainer(IMAGE);
    try {
      k3s.start();
      var kubeconfig = Files.createTempFile("k3s", ".kubeconfig");
      Files.writeString(kubeconfig, k3s.getKubeConfigYaml());
      return new K3sCluster(k3s, kubeconfig);
    } catch (IOException e) {
      k3s.stop();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      k3s.stop();
      throw e;
    }
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public List<String> kubectl() {
    return Command.isOnPath("kubectl")
        ? List.of("kubectl", "--kubeconfig", kubeconfig.toString())
        : List.of("docker", "exec", "--interactive", k3s.getContainerId(), "kubectl");
  }

  @Override
  public void load(Path imageTar) {
    var inside = "/tmp/" + imageTar.getFileName();
    k3s.copyFileToContainer(MountableFile.forHostPath(imageTar), inside);
    execute("ctr", "--namespace", "k8s.io", "images", "import", inside);
    execute("rm", inside);
  }

  private void execute(String... command) {
    try {
      var result = k3s.execInContainer(command);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + " failed: " + result.getStderr());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in " + String.join(" ", command), e);
    }
  }

  @Override
  public String image(String name) {
    return Images.local(name);
  }

  @Override
  public void close() {
    k3s.stop();
    try {
      Files.deleteIfExists(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
