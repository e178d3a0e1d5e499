package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code suspend}: no new Job starts. */
@Command(name = "suspend", description = "Starts no new Job until resume. A running Job continues.")
public final class SuspendCommand implements Runnable {
  @Mixin private NamedResource target;

  @Override
  public void run() {
    Suspension.set(
        target,
        true,
        "%s is suspended: no new Job starts. A running Job continues, and the gate holds and releases workloads as before.");
  }
}
