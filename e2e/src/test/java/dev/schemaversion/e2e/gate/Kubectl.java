package dev.schemaversion.e2e.gate;

import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A person at the command line, in one namespace. */
record Kubectl(Cluster cluster, String namespace) {

  /** What a command answered: its exit code, standard output and standard error. */
  record Answer(int exit, String out, String err) {}

  Answer run(String... arguments) {
    return withInput("", arguments);
  }

  /** Runs a command that reads the manifest from its standard input ({@code -f -}). */
  Answer with(Object manifest, String... arguments) {
    return withInput(Serialization.asYaml(manifest), arguments);
  }

  private Answer withInput(String input, String... arguments) {
    var command = new ArrayList<>(cluster.kubectl());
    command.addAll(List.of("--namespace", namespace));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
    try {
      // A file, because two pipes cannot be read one after the other.
      var err = Files.createTempFile("kubectl", ".err");
      var process = builder.redirectError(err.toFile()).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var answer = new Answer(process.waitFor(), out, Files.readString(err));
      Files.delete(err);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kubectl ran", e);
    }
  }
}
