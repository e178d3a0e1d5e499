package dev.schemaversion.testing;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.desired.ToolScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The shell of the tool's container, as a process on this machine, with the script of the Job. */
public final class ToolShell implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> environment;
  private Process process;

  /**
   * Starts the shell.
   *
   * @param root where the folders of {@link Mounts} are
   * @param environment the environment of the container
   */
  public ToolShell(Path root, Map<String, String> environment) throws IOException {
    this.folder = Files.createDirectories(root.resolve(Mounts.TOOL.substring(1)));
    this.environment = environment;
    Files.createDirectories(root.resolve(Mounts.TOOL_FILES.substring(1)));
    Files.copy(
        Busybox.program(),
        folder.resolve("busybox"),
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    start();
  }

  /** Starts the shell again, as the kubelet does after the container has ended. */
  public void start() throws IOException {
    var builder =
        new ProcessBuilder(folder.resolve("busybox").toString(), "sh", "-c", ToolScript.TEXT)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("shell.log").toFile());
    builder.environment().put(ToolScript.FOLDER, folder.toString());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** The folder that the shell shares with the runner. */
  public Path folder() {
    return folder;
  }

  /** The process of the shell. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Kills the shell and all that it runs, as the kernel does when memory is short. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Waits for the end of the shell, and returns its exit code. */
  public int end() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the shell has not ended");
    }
    return process.exitValue();
  }

  /** Ends the shell by SIGTERM, as the kubelet does, with the program that it runs. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
