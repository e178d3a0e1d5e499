package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.cli.kubectl.cluster.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code resume}: Jobs start again. */
@Command(name = "resume", description = "Starts Jobs again after suspend.")
public final class ResumeCommand implements Runnable {
  @ParentCommand private Session session;

  @Parameters(paramLabel = "NAME", description = "The SchemaVersion.")
  private String name;

  @Override
  public void run() {
    Suspension.set(
        session, name, false, "%s is active: the operator starts the Jobs that are due.");
  }
}
