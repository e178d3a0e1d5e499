package dev.schemaversion.e2e.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes of pods, where they are processes of this machine and this user may see them. */
public final class PodProcesses {
  private PodProcesses() {}

  /** All processes of a pod; none where they cannot be seen. A pod's processes know its name. */
  public static List<ProcessHandle> of(String pod) {
    return ProcessHandle.allProcesses()
        .filter(process -> environment(process).contains("\0HOSTNAME=" + pod + "\0"))
        .toList();
  }

  /** Those of them that have a word on their command line. */
  public static List<ProcessHandle> of(String pod, String word) {
    return of(pod).stream()
        .filter(process -> process.info().commandLine().orElse("").contains(word))
        .toList();
  }

  private static String environment(ProcessHandle process) {
    try {
      var variables = Path.of("/proc/" + process.pid() + "/environ");
      return "\0" + Files.readString(variables, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Another user's, gone, or there is no /proc.
      return "";
    }
  }
}
