package dev.schemaversion.e2e.clients;

import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import dev.schemaversion.e2e.cluster.Command.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Helm of one major version, in one namespace, apart from its user's own settings. */
public final class Helm {
  private static final Path HOME = Checkout.root().resolve("e2e/target/helm").toAbsolutePath();

  private final Path program;
  private final Path kubeconfig;
  private final String namespace;

  /** Runs this program against a cluster, in this namespace. */
  public Helm(Path program, Cluster cluster, String namespace) {
    this.program = program;
    this.kubeconfig = cluster.kubeconfig();
    this.namespace = namespace;
  }

  /** Runs it and returns what it printed. */
  public String run(String... arguments) {
    return attempt(arguments).orThrow(command(arguments));
  }

  /** Runs it, and lets it fail. */
  public Answer attempt(String... arguments) {
    var environment =
        Map.of(
            "KUBECONFIG", kubeconfig.toString(),
            "HELM_CACHE_HOME", HOME.resolve("cache").toString(),
            "HELM_CONFIG_HOME", HOME.resolve("config").toString(),
            "HELM_DATA_HOME", HOME.resolve("data").toString());
    return Command.answer(command(arguments), environment, "");
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--namespace", namespace));
    return command;
  }
}
