package dev.schemaversion.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the processes of pods, if they run on this machine and this user may see them. */
public final class PodProcesses {
  private PodProcesses() {}

  /** Returns all visible processes of a pod. Their environment contains the pod's name. */
  public static List<ProcessHandle> of(String pod) {
    return ProcessHandle.allProcesses()
        .filter(process -> environment(process).contains("\0HOSTNAME=" + pod + "\0"))
        .toList();
  }

  /** Returns the processes of a pod whose command line contains a word. */
  public static List<ProcessHandle> of(String pod, String word) {
    return of(pod).stream()
        .filter(process -> process.info().commandLine().orElse("").contains(word))
        .toList();
  }

  /** Returns whether a process has mapped a file of this name; false if that cannot be seen. */
  public static boolean maps(ProcessHandle process, String file) {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/maps"))) {
      return lines.anyMatch(line -> line.endsWith("/" + file));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static String environment(ProcessHandle process) {
    try {
      var variables = Path.of("/proc/" + process.pid() + "/environ");
      return "\0" + Files.readString(variables, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // A process of another user, an ended process, or a system without /proc.
      return "";
    }
  }
}
