package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import dev.schemaversion.e2e.cluster.Command.Answer;
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

  /** Returns the completions of the word after a command. */
  String complete(String command) {
    var words = command("__complete", command);
    words.add("");
    return Command.answer(words, environment(), "").orThrow(words);
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Checkout.root().resolve("deploy/krew/kubectl-schemaversion").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-n", glance.namespace(), "--kubeconfig", cluster.kubeconfig().toString()));
    return command;
  }

  private static Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "SCHEMAVERSION_HOME",
        Checkout.root().resolve("target/quarkus-app").toString());
  }
}
