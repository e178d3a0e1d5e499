package dev.schemaversion.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * What {@code kubectl describe pod} shows of an operator that has ended: the container's
 * termination message. A process that runs out of memory, or is killed for it, cannot write any
 * more, so the message for that stands there from the start and is taken away by every other end.
 */
final class TerminationMessage {
  /** Where the kubelet reads it, for tests that run the operator without one. */
  static final String FILE = "SCHEMAVERSION_TERMINATION_LOG";

  private static final Logger LOG = Logger.getLogger(TerminationMessage.class);
  private static final int MEBI = 20;

  private TerminationMessage() {}

  /** Writes what is true if nothing else is written. */
  static void expectOutOfMemory() {
    write(
        "The operator ended without a message of its own. With exit code 3, or the reason OOMKilled, it ran out of memory: its heap may have %d MiB, which is 60%% of resources.limits.memory. Raise that limit of Deployment schemaversion-operator (Helm: resources.limits.memory). docs/scale.md says how much memory how many objects take."
            .formatted(Runtime.getRuntime().maxMemory() >> MEBI));
  }

  /** Takes it away: then the kubelet shows the end of the log. */
  static void clear() {
    write("");
  }

  /** Writes why the operator ends. */
  static void write(String why) {
    var file = Path.of(System.getenv().getOrDefault(FILE, "/dev/termination-log"));
    // There is none outside a pod.
    if (Files.isWritable(file)) {
      try {
        Files.writeString(file, why);
      } catch (IOException e) {
        LOG.warnf("%s cannot be written: %s", file, e.getMessage());
      }
    }
  }
}
