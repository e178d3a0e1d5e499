package dev.schemaversion.e2e.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The control plane that {@code e2e/cluster/local/run} starts from its own programs. It ends when
 * the pipe to this process closes, however this process ends.
 */
final class LocalCluster implements Cluster {
  private static final String READY = "ready ";

  private final Process process;
  private final Path kubeconfig;

  private LocalCluster(Process process, Path kubeconfig) {
    this.process = process;
    this.kubeconfig = kubeconfig;
  }

  static LocalCluster start() {
    return start(List.of());
  }

  /** Starts only the API server. Without a node, images can be neither loaded nor run. */
  static LocalCluster startApiServer() {
    return start(List.of("--api-server-only"));
  }

  private static LocalCluster start(List<String> options) {
    var command = new ArrayList<String>();
    command.add(Checkout.e2e().resolve("cluster/local/run").toString());
    command.addAll(options);
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new LocalCluster(process, awaitReady(process.inputReader()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the cluster. It needs no timeout, because the command itself has one. */
  private static Path awaitReady(BufferedReader output) throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return Path.of(line.substring(READY.length()));
      }
    }
    throw new IllegalStateException("The local cluster did not start; see its output above");
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public List<String> kubectl() {
    return List.of(program("kubectl"));
  }

  @Override
  public void load(Path imageTar) {
    Command.run(program("ctr"), "images", "import", imageTar.toAbsolutePath().toString());
  }

  @Override
  public Optional<Machine> machine() {
    return Optional.of(new LocalMachine(kubeconfig.getParent(), kubectl()));
  }

  private String program(String name) {
    return kubeconfig.resolveSibling("bin").resolve(name).toString();
  }

  @Override
  public String image(String name) {
    return Images.local(name);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroy();
        throw new IllegalStateException(
            "The local cluster did not end; its process is " + process.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
