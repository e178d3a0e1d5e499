package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.cli.kubectl.cluster.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code suspend}: no new Job starts. */
@Command(name = "suspend", description = "Starts no new Job until resume. A running Job continues.")
public final class SuspendCommand implements Runnable {
  @ParentCommand private Session session;

  @Parameters(paramLabel = "NAME", description = "The SchemaVersion.")
  private String name;

  @Override
  public void run() {
    Suspension.set(
        session,
        name,
        true,
        "%s is suspended: no new Job starts. A running Job continues, and the gate holds and releases workloads as before.");
  }
}
