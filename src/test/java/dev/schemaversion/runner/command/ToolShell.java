package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.desired.ToolScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The shell of the container “tool”, as a process on this machine, with the script of the Job. */
final class ToolShell implements AutoCloseable {
  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

  private final Path folder;
  private Process process;

  /**
   * Starts the shell.
   *
   * @param root where the folders of {@link Mounts} are
   */
  ToolShell(Path root) throws IOException {
    folder = Files.createDirectories(root.resolve(Mounts.TOOL.substring(1)));
    Files.createDirectories(root.resolve(Mounts.TOOL_FILES.substring(1)));
    Files.copy(
        BUSYBOX,
        folder.resolve("busybox"),
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    start();
  }

  /** Starts the shell again, as the kubelet does after the container was killed. */
  void start() throws IOException {
    var builder =
        new ProcessBuilder(folder.resolve("busybox").toString(), "sh", "-c", ToolScript.TEXT)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("shell.log").toFile());
    builder.environment().put(ToolScript.FOLDER, folder.toString());
    process = builder.start();
  }

  /** Kills the shell and all that it runs, as the kernel does when memory is short. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }
}
