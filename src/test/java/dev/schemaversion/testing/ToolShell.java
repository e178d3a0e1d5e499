package dev.schemaversion.testing;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.desired.ToolScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

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

  /** Orders a run without a limit. The result is the output once it ends. */
  public CompletableFuture<String> order(String... command) throws IOException {
    return order(0, Map.of(), List.of(command));
  }

  /**
   * Orders a run, as the runner does. The result is the output once it ends.
   *
   * @param seconds the limit of the run; 0 for none
   * @param exports the environment variables
   */
  public CompletableFuture<String> order(
      int seconds, Map<String, String> exports, List<String> command) throws IOException {
    var text = new StringBuilder();
    exports.forEach((name, value) -> text.append("export %s=%s\n".formatted(name, quoted(value))));
    text.append("set --");
    command.forEach(word -> text.append(' ').append(quoted(word)));
    Files.writeString(folder.resolve("order"), text.append('\n'));
    Files.deleteIfExists(folder.resolve("exit"));
    var output = CompletableFuture.supplyAsync(() -> read("output"));
    send("run " + seconds);
    return output;
  }

  /** Writes a line into the pipe for orders. */
  public void send(String line) throws IOException {
    Files.writeString(folder.resolve("orders"), line + "\n");
  }

  /** Waits for the end of the run that was ordered, and returns its exit code. */
  public int exitCode() {
    awaitFile("exit");
    return Integer.parseInt(read("exit").strip());
  }

  /** Waits until there is a file in the shared folder. */
  public void awaitFile(String name) {
    // A program that ignores SIGTERM is killed ten seconds later.
    Awaitility.await()
        .atMost(Duration.ofSeconds(50))
        .until(() -> Files.exists(folder.resolve(name)));
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

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
