package dev.schemaversion.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine of a {@link LocalCluster}: processes and a network namespace of this machine. */
final class LocalMachine implements Machine {
  private static final String API_SERVER = "apiserver";
  private static final String KUBELET = "kubelet";

  private final Path folder;
  private final List<String> kubectl;

  /**
   * Creates the machine of a cluster.
   *
   * @param folder the cluster's folder, see {@code e2e/cluster/local/inside}
   */
  LocalMachine(Path folder, List<String> kubectl) {
    this.folder = folder;
    this.kubectl = kubectl;
  }

  @Override
  public void restartApiServer() {
    end(API_SERVER, "kube-apiserver");
    resume(API_SERVER);
    var ready = new ArrayList<>(kubectl);
    ready.addAll(List.of("get", "--raw", "/readyz"));
    // Waits for the API server, or fails if the cluster has ended.
    while (Command.answer(ready, Map.of(), "").exit() != 0) {
      if (first().isEmpty()) {
        throw new IllegalStateException("The cluster ended together with its API server");
      }
    }
  }

  @Override
  public void stopKubelet() {
    end(KUBELET, KUBELET);
  }

  @Override
  public void startKubelet() {
    resume(KUBELET);
  }

  private void end(String part, String program) {
    // The cluster ends with each of its parts, unless a stop is announced before.
    write("stop", part);
    var running = program(program).toList();
    if (running.isEmpty()) {
      throw new IllegalStateException("There is no running " + part);
    }
    running.forEach(ProcessHandle::destroyForcibly);
    running.forEach(process -> process.onExit().join());
  }

  private void resume(String part) {
    if (Files.exists(folder.resolve("stop").resolve(part))) {
      write("start", part);
    }
  }

  private void write(String command, String part) {
    try {
      Files.writeString(folder.resolve(command).resolve(part), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<ProcessHandle> program(String name) {
    return first().stream()
        .flatMap(ProcessHandle::children)
        .filter(
            process -> process.info().arguments().map(List::of).orElse(List.of()).contains(name));
  }

  /** Returns the first process in the cluster's namespaces. */
  private Optional<ProcessHandle> first() {
    return ProcessHandle.of(Long.parseLong(pid())).filter(ProcessHandle::isAlive);
  }

  private String pid() {
    try {
      return Files.readString(folder.resolve("pid")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Cut cutOffApiServer(String address) {
    return drop(List.of("INPUT", "--source", address, "--protocol", "tcp", "--dport", "6443"));
  }

  @Override
  public Cut cutOff(String address) {
    var to = drop(List.of("FORWARD", "--destination", address));
    var from = drop(List.of("FORWARD", "--source", address));
    return () -> {
      to.close();
      from.close();
    };
  }

  @Override
  public Process start(List<String> command) {
    var inside = new ArrayList<>(List.of("nsenter", "--target", pid(), "--net"));
    inside.addAll(command);
    try {
      return new ProcessBuilder(inside).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops packets without a response, as a broken line does. */
  private Cut drop(List<String> rule) {
    iptables("--insert", rule);
    return () -> iptables("--delete", rule);
  }

  private void iptables(String action, List<String> rule) {
    // Enters the mount namespace too, so that iptables shares its lock with kube-proxy.
    var command =
        new ArrayList<>(
            List.of(
                "nsenter", "--target", pid(), "--net", "--mount", "iptables", "--wait", action));
    command.addAll(rule);
    command.addAll(List.of("--jump", "DROP"));
    Command.run(command);
  }
}
