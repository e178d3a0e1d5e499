package dev.schemaversion.cli.kubectl.cluster;

import dev.schemaversion.cli.terminal.Terminal;

/** What the root command gives to its subcommands. */
public interface Session {
  /** Where a command prints, and whom it asks. */
  Terminal terminal();

  /**
   * Connects to the cluster that the options choose.
   *
   * @throws Failure if the kubeconfig cannot be read or has no such context
   */
  Cluster connect();
}
