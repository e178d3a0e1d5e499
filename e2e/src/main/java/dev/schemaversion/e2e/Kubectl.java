package dev.schemaversion.e2e;

import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import dev.schemaversion.e2e.cluster.Command.Answer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs kubectl as the cluster's administrator. */
public final class Kubectl {
  private final Cluster cluster;
  private final List<String> namespace;

  /** Runs commands against this cluster, without a namespace. */
  public Kubectl(Cluster cluster) {
    this.cluster = cluster;
    this.namespace = List.of();
  }

  /** Runs commands against this cluster, in this namespace. */
  public Kubectl(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = List.of("--namespace", namespace);
  }

  /**
   * Runs a command and returns its output.
   *
   * @throws IllegalStateException if the command fails, with its standard error
   */
  public String run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Runs a command with a text on standard input. */
  public String runWithInput(String input, String... arguments) {
    return answer(input, arguments).orThrow(command(arguments));
  }

  /** Runs a command that may fail. */
  public Answer attempt(String... arguments) {
    return answer("", arguments);
  }

  /** Runs a command that reads a manifest from standard input ({@code -f -}) and may fail. */
  public Answer attempt(HasMetadata manifest, String... arguments) {
    return answer(Serialization.asYaml(manifest), arguments);
  }

  private Answer answer(String input, String... arguments) {
    var environment = Map.of("KUBECONFIG", cluster.kubeconfig().toString());
    return Command.answer(command(arguments), environment, input);
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<>(cluster.kubectl());
    command.addAll(namespace);
    command.addAll(List.of(arguments));
    return command;
  }
}
