package dev.schemaversion.cli.kubectl;

import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The completions of a command line, for the program {@code kubectl_complete-schemaversion}, which
 * kubectl calls. The last line is a directive of kubectl's completion.
 *
 * @param plugin the command to complete
 * @param words the words of the line; the last one is completed, and may be empty
 */
record Completion(KubectlCommand plugin, List<String> words) {
  /** No completion by names of files. */
  private static final String NO_FILES = ":4";

  private static final String FILES = ":0";

  /** Prints the completions. */
  void print() {
    var spec = plugin.commandLine().getCommandSpec();
    var before = words.isEmpty() ? List.<String>of() : words.subList(0, words.size() - 1);
    var begun = words.isEmpty() ? "" : words.getLast();
    var command =
        before.stream()
            .map(word -> spec.subcommands().get(word))
            .filter(Objects::nonNull)
            .findFirst()
            .map(CommandLine::getCommandSpec)
            .orElse(spec);
    var option = before.isEmpty() ? null : command.findOption(before.getLast());
    if (option != null && option.arity().max() > 0) {
      values(option, begun, before);
    } else if (begun.startsWith("-")) {
      print(command.options().stream().flatMap(each -> Arrays.stream(each.names())), begun);
    } else if (command == spec) {
      print(
          spec.subcommands().entrySet().stream()
              .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
              .map(Map.Entry::getKey),
          begun);
    } else {
      print(takesName(command) ? names(before, this::resources) : Stream.of(), begun);
    }
  }

  private void values(OptionSpec option, String begun, List<String> before) {
    switch (option.paramLabel()) {
      case "NAMESPACE" ->
          print(names(before, cluster -> cluster.client().namespaces().list().getItems()), begun);
      case "CONTEXT" ->
          print(
              completions(
                  before,
                  cluster ->
                      cluster.client().getConfiguration().getContexts().stream()
                          .map(NamedContext::getName)),
              begun);
      case "FORMAT" -> print(Stream.of("text", "json", "yaml"), begun);
      case "STEP", "ENGINE" ->
          print(
              Arrays.stream(option.type().getEnumConstants())
                  .map(
                      each ->
                          option.paramLabel().equals("STEP")
                              ? each.toString().toLowerCase(Locale.ROOT)
                              : each.toString()),
              begun);
      case "FILE", "FOLDER" -> plugin.terminal().print(FILES);
      default -> print(Stream.of(), begun);
    }
  }

  private static boolean takesName(CommandSpec command) {
    return command.positionalParameters().stream()
        .anyMatch(parameter -> parameter.paramLabel().equals("NAME"));
  }

  private List<? extends HasMetadata> resources(Cluster cluster) {
    return cluster.resources(false);
  }

  private Stream<String> names(
      List<String> before, Function<Cluster, List<? extends HasMetadata>> list) {
    return completions(
        before, cluster -> list.apply(cluster).stream().map(each -> each.getMetadata().getName()));
  }

  /** Without a cluster there is nothing to complete, and a message would disturb the line. */
  private Stream<String> completions(
      List<String> before, Function<Cluster, Stream<String>> completions) {
    try (var cluster = plugin.connect(before)) {
      return completions.apply(cluster).toList().stream();
    } catch (Failure | KubernetesClientException e) {
      return Stream.of();
    }
  }

  private void print(Stream<String> completions, String begun) {
    completions.filter(each -> each.startsWith(begun)).sorted().forEach(plugin.terminal()::print);
    plugin.terminal().print(NO_FILES);
  }
}
