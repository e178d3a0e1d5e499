package dev.schemaversion.cli.kubectl.dashboard;

import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.Session;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code dashboard}: serves pages about all resources on this machine, until Ctrl-C. */
@Command(
    name = "dashboard",
    description =
        "Serves a read-only page on this machine: states, what ran, who waits for what, and differences.")
public final class DashboardCommand implements Runnable {
  private static final Duration INTERVAL = Duration.ofHours(1);

  @ParentCommand private Session session;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "The resources of all namespaces.")
  private boolean allNamespaces;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The port on 127.0.0.1. Defaults to a free one.")
  private int port;

  @Option(names = "--open", description = "Opens the page in the browser.")
  private boolean open;

  @Override
  public void run() {
    var terminal = session.terminal();
    try (var cluster = session.connect()) {
      var reader = new DashboardReader(cluster, allNamespaces, terminal.clock());
      // Fails as other commands do, and not in the browser.
      reader.first();
      try (var server = DashboardServer.start(port, reader::read, terminal.clock())) {
        terminal.print(server.address().toString());
        terminal.note("Only who knows this address can see the page. Ctrl-C ends it.");
        if (open && !Browser.open(server.address())) {
          terminal.note("warning: no browser could be opened. Open the address above.");
        }
        while (terminal.pause().of(INTERVAL)) {
          // The server has threads of its own.
        }
      }
    } catch (IOException e) {
      throw new Failure(
          "Port %d of 127.0.0.1 cannot be used: %s. Name another one with --port, or none for a free one."
              .formatted(port, e.getMessage()),
          e);
    }
  }
}
