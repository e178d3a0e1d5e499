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

/** The machine of a {@link LocalCluster}: processes and a network namespace of this one. */
final class LocalMachine implements Machine {
  private static final String API_SERVER = "apiserver";
  private static final String KUBELET = "kubelet";

  private final Path folder;
  private final List<String> kubectl;

  /**
   * Of a cluster.
   *
   * @param folder the cluster's, see {@code e2e/cluster/local/inside}
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
    // It comes back, or the cluster ends with it: then so does this.
    while (Command.answer(ready, Map.of(), "").exit() != 0) {
      if (first().isEmpty()) {
        throw new IllegalStateException("The cluster has ended with its API server");
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
    // The cluster ends with each of its parts, unless it is told before.
    write("stop", part);
    var running = program(program).toList();
    if (running.isEmpty()) {
      throw new IllegalStateException("There is no " + part + " to end");
    }
    running.forEach(ProcessHandle::destroyForcibly);
    running.forEach(process -> process.onExit().join());
  }

  private void resume(String part) {
    if (Files.exists(folder.resolve("stop").resolve(part))) {
      write("start", part);
    }
  }

  private void write(String wish, String part) {
    try {
      Files.writeString(folder.resolve(wish).resolve(part), "");
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

  /** The first process in the cluster's namespaces. */
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

  /** Drops, and neither answers nor closes: as a broken line does. */
  private Cut drop(List<String> rule) {
    iptables("--insert", rule);
    return () -> iptables("--delete", rule);
  }

  private void iptables(String action, List<String> rule) {
    // In its mounts too, so that it shares a lock with the cluster's own proxy.
    var command =
        new ArrayList<>(
            List.of(
                "nsenter", "--target", pid(), "--net", "--mount", "iptables", "--wait", action));
    command.addAll(rule);
    command.addAll(List.of("--jump", "DROP"));
    Command.run(command);
  }
}
