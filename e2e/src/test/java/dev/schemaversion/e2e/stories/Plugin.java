package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import dev.schemaversion.e2e.cluster.Command.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the kubectl plugin as it is shipped, by its launcher, in the namespace of the example. */
record Plugin(Cluster cluster, Glance glance) {
  /** Runs a command that may fail. */
  Answer attempt(String... arguments) {
    return Command.answer(command(arguments), environment(), "");
  }

  /**
   * Runs a command and returns its output.
   *
   * @throws IllegalStateException if it fails
   */
  String run(String... arguments) {
    return attempt(arguments).orThrow(command(arguments));
  }

  /** Starts a command that runs until it is ended. */
  Process start(String... arguments) throws IOException {
    var builder = new ProcessBuilder(command(arguments)).redirectError(Redirect.DISCARD);
    builder.environment().putAll(environment());
    return builder.start();
  }

  /** Returns the completions of the word after a command. */
  String complete(String command) {
    var words = command("__complete", command);
    words.add("");
    return Command.answer(words, environment(), "").orThrow(words);
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(launcher().toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-n", glance.namespace(), "--kubeconfig", cluster.kubeconfig().toString()));
    return command;
  }

  /** The launcher is the plugin under the name by which kubectl calls it. */
  private static synchronized Path launcher() {
    var link = Checkout.root().resolve("e2e/target/kubectl-schemaversion");
    try {
      if (!Files.isSymbolicLink(link)) {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(
            link, Checkout.root().resolve("src/main/assembly/bin/schemaversion"));
      }
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment() {
    var built = Checkout.root().resolve("target/quarkus-app");
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "SCHEMAVERSION_CLASS_PATH",
        "%s/app/*:%s/lib/main/*:%s/lib/boot/*".formatted(built, built, built));
  }
}
