package dev.schemaversion.e2e;

import dev.schemaversion.e2e.cluster.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs kubectl as a person would. */
public final class Kubectl {
  /** What a command printed, on both streams, and how it ended. */
  public record Result(int exitCode, String output) {}

  private final Cluster cluster;

  /** Against this cluster, as its administrator. */
  public Kubectl(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Runs it and returns what it printed.
   *
   * @throws IllegalStateException if it fails, with what it printed
   */
  public String run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** The same, with a text on standard input. */
  public String runWithInput(String input, String... arguments) {
    var result = tryWithInput(input, arguments);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          "kubectl %s ended with %d: %s"
              .formatted(String.join(" ", arguments), result.exitCode(), result.output()));
    }
    return result.output();
  }

  /** Runs it, and lets it fail. */
  public Result tryWithInput(String input, String... arguments) {
    var command = new ArrayList<>(cluster.kubectl());
    command.addAll(List.of(arguments));
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
      var process = builder.start();
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(input);
      } catch (IOException e) {
        // It ended without reading all of it; its exit code and words say why.
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in kubectl", e);
    }
  }
}
