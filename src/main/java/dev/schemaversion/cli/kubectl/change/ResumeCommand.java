package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resume}: Jobs start again. */
@Command(name = "resume", description = "Starts Jobs again after suspend.")
public final class ResumeCommand implements Runnable {
  @Mixin private NamedResource target;

  @Override
  public void run() {
    Suspension.set(target, false, "%s is active: the operator starts the Jobs that are due.");
  }
}
