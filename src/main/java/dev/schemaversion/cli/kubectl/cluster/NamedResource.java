package dev.schemaversion.cli.kubectl.cluster;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.terminal.Terminal;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What each command about one resource has: the name, and what the root command gives. */
public final class NamedResource implements Session {
  @ParentCommand private Session session;

  @Parameters(paramLabel = "NAME", description = "The SchemaVersion.")
  private String name;

  /** Returns the name of the resource. */
  public String name() {
    return name;
  }

  /**
   * Returns the resource.
   *
   * @throws Failure if it does not exist; the message names those that do
   */
  public SchemaVersion in(Cluster cluster) {
    return cluster.resource(name);
  }

  @Override
  public Terminal terminal() {
    return session.terminal();
  }

  @Override
  public Cluster connect() {
    return session.connect();
  }
}
