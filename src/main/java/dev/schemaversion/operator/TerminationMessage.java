package dev.schemaversion.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * Writes the container's termination message, which {@code kubectl describe pod} shows. A process
 * that runs out of memory can write nothing more. So the message for that case is written at the
 * start, and every other exit removes it.
 */
final class TerminationMessage {
  /** The variable with the message's path, for tests that run the operator without a kubelet. */
  static final String FILE = "SCHEMAVERSION_TERMINATION_LOG";

  private static final Logger LOG = Logger.getLogger(TerminationMessage.class);
  private static final int MEBI = 20;

  private TerminationMessage() {}

  /** Writes the message that applies if the process ends without another one. */
  static void expectOutOfMemory() {
    write(
        "The operator exited unexpectedly. Exit code 3 or the reason OOMKilled means that the operator ran out of memory: its heap is limited to %d MiB, 60%% of resources.limits.memory. Raise resources.limits.memory of Deployment schemaversion-operator (Helm: resources.limits.memory); docs/scale.md lists the memory needed by number of objects."
            .formatted(Runtime.getRuntime().maxMemory() >> MEBI));
  }

  /** Removes the message: the kubelet then shows the end of the log. */
  static void clear() {
    write("");
  }

  /** Writes a message. */
  static void write(String message) {
    var file = Path.of(System.getenv().getOrDefault(FILE, "/dev/termination-log"));
    // Outside a pod the file does not exist.
    if (Files.isWritable(file)) {
      try {
        Files.writeString(file, message);
      } catch (IOException e) {
        LOG.warnf("cannot write %s: %s", file, e.getMessage());
      }
    }
  }
}
