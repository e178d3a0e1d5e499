package dev.schemaversion.cli.kubectl.show;

import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.Observed;
import dev.schemaversion.cli.kubectl.cluster.OutputOption;
import dev.schemaversion.cli.kubectl.cluster.Session;
import dev.schemaversion.cli.kubectl.view.StatusTree;
import dev.schemaversion.cli.kubectl.view.StatusView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code status}: the resource, its Jobs, its workloads, and who waits for what since when. */
@Command(
    name = "status",
    description = "Shows resources with their Jobs and workloads: who waits for what, since when.")
public final class StatusCommand implements Runnable {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  @ParentCommand private Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The SchemaVersion. Defaults to all of the namespace.")
  private String name;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "The resources of all namespaces.")
  private boolean allNamespaces;

  @Option(
      names = {"-w", "--watch"},
      description = "Prints the tree again after each change, until Ctrl-C.")
  private boolean watch;

  @Mixin private OutputOption output;

  @Override
  public void run() {
    if (name != null && allNamespaces) {
      throw new Failure("A name and --all-namespaces exclude each other. Leave one out.");
    }
    try (var cluster = session.connect()) {
      var views = views(cluster);
      print(views);
      while (watch && session.terminal().pause().of(INTERVAL)) {
        var next = views(cluster);
        if (!next.equals(views)) {
          session.terminal().print("");
          print(next);
          views = next;
        }
      }
    }
  }

  private List<StatusView> views(Cluster cluster) {
    var observed =
        name == null
            ? Observed.all(cluster, allNamespaces)
            : List.of(Observed.of(cluster, cluster.resource(name)));
    return observed.stream().map(StatusView::of).toList();
  }

  private void print(List<StatusView> views) {
    var terminal = session.terminal();
    if (views.isEmpty()) {
      terminal.note("No SchemaVersion found. Name another namespace with -n, or use -A.");
    }
    output.print(terminal, name == null ? views : views.getFirst(), () -> text(views));
  }

  private List<String> text(List<StatusView> views) {
    var lines = new ArrayList<String>();
    for (var view : views) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(StatusTree.lines(view, session.terminal().now()));
    }
    return lines;
  }
}
