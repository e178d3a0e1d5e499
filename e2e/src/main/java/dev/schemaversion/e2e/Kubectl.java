package dev.schemaversion.e2e;

import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Runs kubectl as a person would, the administrator. */
public final class Kubectl {
  /** What a command answered: its exit code, standard output and standard error. */
  public record Answer(int exit, String out, String err) {}

  private final Cluster cluster;
  private final List<String> namespace;

  /** Against this cluster, in no namespace in particular. */
  public Kubectl(Cluster cluster) {
    this.cluster = cluster;
    this.namespace = List.of();
  }

  /** Against this cluster, in this namespace. */
  public Kubectl(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = List.of("--namespace", namespace);
  }

  /**
   * Runs it and returns what it printed.
   *
   * @throws IllegalStateException if it fails, with what it said
   */
  public String run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** The same, with a text on standard input. */
  public String runWithInput(String input, String... arguments) {
    var answer = answer(input, arguments);
    if (answer.exit() != 0) {
      throw new IllegalStateException(
          "kubectl %s ended with %d: %s%s"
              .formatted(String.join(" ", arguments), answer.exit(), answer.err(), answer.out()));
    }
    return answer.out();
  }

  /** Runs it, and lets it fail. */
  public Answer attempt(String... arguments) {
    return answer("", arguments);
  }

  /** The same for a command that reads a manifest from its standard input ({@code -f -}). */
  public Answer attempt(HasMetadata manifest, String... arguments) {
    return answer(Serialization.asYaml(manifest), arguments);
  }

  private Answer answer(String input, String... arguments) {
    var command = new ArrayList<>(cluster.kubectl());
    command.addAll(namespace);
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
    try {
      // A file, because two pipes cannot be read one after the other.
      var err = Files.createTempFile("kubectl", ".err");
      try {
        var process = builder.redirectError(err.toFile()).start();
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
          stdin.write(input);
        } catch (IOException e) {
          // It ended without reading all of it; its exit code and words say why.
        }
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out, Files.readString(err));
      } finally {
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in kubectl", e);
    }
  }
}
