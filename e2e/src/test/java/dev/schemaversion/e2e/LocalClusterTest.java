package dev.schemaversion.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The local control plane is isolated, and leaves nothing behind when it ends. */
@ExtendWith(OnCluster.class)
class LocalClusterTest {
  private static final Path RUN = Path.of("cluster/local/run");

  @Test
  void aSecondClusterRunsBesideTheFirstAndLeavesNothingWhenItsHolderIsKilled(Cluster first)
      throws IOException {
    assumeThat(first.kubectl())
        .as("the local control plane")
        .first()
        .asString()
        .contains("/clusters/");
    var addresses = Command.run("ip", "-brief", "address");
    var rules = Command.run("iptables", "-S");

    // The holder of the pipe is a process of its own, so that it can be killed without a chance to
    // tidy up.
    var holder =
        new ProcessBuilder("sh", "-c", "sleep infinity | " + RUN)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var kubeconfig = Path.of(holder.inputReader().readLine().replaceFirst("^ready ", ""));
    var folder = kubeconfig.getParent();
    var kubectl = folder.resolve("bin/kubectl").toString();

    assertThat(kubeconfig).isNotEqualTo(first.kubeconfig());
    assertThat(Command.run(kubectl, "get", "nodes", "-o", "name")).isEqualTo("node/local\n");
    assertThat(remains(folder)).isNotEmpty();
    assertThat(Command.run("ip", "-brief", "address")).isEqualTo(addresses);
    assertThat(Command.run("iptables", "-S")).isEqualTo(rules);

    sleeper(holder).destroyForcibly();

    await("nothing is left of " + folder)
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(remains(folder)).isEmpty());
    assertThat(Command.run("ip", "-brief", "address")).isEqualTo(addresses);
    assertThat(Command.run("iptables", "-S")).isEqualTo(rules);
  }

  private static ProcessHandle sleeper(Process holder) {
    return holder
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/sleep"))
        .findFirst()
        .orElseThrow();
  }

  /** Processes, mounts, cgroups and files that belong to the cluster in this folder. */
  private static List<String> remains(Path folder) {
    var name = folder.getFileName().toString();
    var processes =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
            .map(process -> "process " + process.pid());
    var mounts = lines(Path.of("/proc/mounts")).filter(line -> line.contains(name));
    var cgroups =
        lines(Path.of("/proc/mounts"))
            .filter(line -> line.startsWith("cgroup"))
            .map(line -> Path.of(line.split(" ")[1], "schemaversion-" + name))
            .filter(Files::exists)
            .map(Path::toString);
    var files = Stream.of(folder).filter(Files::exists).map(Path::toString);
    return Stream.of(processes, mounts, cgroups, files).flatMap(found -> found).toList();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
