package dev.schemaversion.e2e.scale;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Runs the shipped operator as a process of this machine. Its JVM is configured with the
 * container's memory limit, but nothing enforces the limit, so tests must measure the memory.
 */
final class OperatorProcess implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /** The same as that of a container that is started again: the lease is its own still. */
  private static final String HOSTNAME = "schemaversion-operator-0";

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: proxy, cluster: {server: "%s"}}]
      users: [{name: operator, user: {}}]
      contexts: [{name: proxy, context: {cluster: proxy, user: operator, namespace: schemaversion-system}}]
      current-context: proxy
      """;

  private final Process process;
  private final int port;
  private final Path log;
  private final long started = System.nanoTime();

  private OperatorProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts it against an API server, with the memory it is shipped with. */
  static OperatorProcess start(String name, URI apiServer) {
    var shipped = ShippedOperator.read();
    return start(name, apiServer, shipped.memoryLimit(), Map.of());
  }

  /**
   * Starts it otherwise than it is shipped.
   *
   * @param name of its files in {@code target/scale}
   * @param memory what the machine has, as its JVM believes, in bytes
   * @param environment further variables
   */
  static OperatorProcess start(
      String name, URI apiServer, long memory, Map<String, String> environment) {
    var shipped = ShippedOperator.read();
    try {
      var folder = Files.createDirectories(Path.of("target/scale").toAbsolutePath());
      var log = folder.resolve(name + ".log");
      var kubeconfig = folder.resolve(name + ".kubeconfig");
      Files.writeString(kubeconfig, KUBECONFIG.formatted(apiServer));
      int port = freePort();
      var command = new ArrayList<>(List.of(java(), "-XX:MaxRAM=" + memory));
      command.addAll(List.of("-Dquarkus.http.port=" + port, "-Dquarkus.http.host=127.0.0.1"));
      command.addAll(shipped.arguments());
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(shipped.environment());
      builder.environment().put("HOSTNAME", HOSTNAME);
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      builder.environment().putAll(environment);
      return new OperatorProcess(builder.start(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String java() {
    return Command.run(Checkout.root().resolve("e2e/jdk").toString()).strip() + "/bin/java";
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Waits until it is ready or has ended. */
  void awaitReady(Duration atMost) {
    await("the operator is ready; its log is " + log)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> ready() || !running());
  }

  /** The seconds since its start when it is ready, has ended, or the time is over. */
  double secondsToReady(Duration atMost) {
    try {
      awaitReady(atMost);
    } catch (ConditionTimeoutException e) {
      // Then it is not ready, which is to be found out here.
    }
    return (System.nanoTime() - started) / 1e9;
  }

  /** Whether it says of itself that it is. */
  boolean ready() {
    var health = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port));
    try {
      var request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean running() {
    return process.isAlive();
  }

  /** How it ended; empty while it runs. */
  OptionalInt exitCode() {
    return running() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** The file with all it has said. */
  Path log() {
    return log;
  }

  /** Whether it has said this. */
  boolean says(String text) {
    try (var lines = Files.lines(log)) {
      return lines.anyMatch(line -> line.contains(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The memory that it takes, as the container's limit counts it, in MiB; 0 when it has ended. */
  double residentMiB() {
    return Memory.of(process.pid(), "VmRSS");
  }

  /** The most that it has taken so far. */
  double peakMiB() {
    return Memory.of(process.pid(), "VmHWM");
  }

  /** The same when two readings in a row are nearly equal. */
  double settledMiB() {
    return new Memory.Settling(this::residentMiB).settled();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
