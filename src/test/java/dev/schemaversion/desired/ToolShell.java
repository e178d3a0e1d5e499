package dev.schemaversion.desired;

import dev.schemaversion.testing.Busybox;
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

/** The script of the tool's container as a process, and the runner's side of its protocol. */
public final class ToolShell implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> environment;
  private Process process;

  private ToolShell(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Starts the script with a folder, as the container starts. */
  public static ToolShell start(Path folder, Map<String, String> environment) throws IOException {
    Files.copy(Busybox.program(), folder.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
    var shell = new ToolShell(folder, environment);
    shell.restart();
    return shell;
  }

  /** Starts the script again, as the kubelet starts a container that has ended. */
  public void restart() throws IOException {
    var builder =
        new ProcessBuilder(folder.resolve("busybox").toString(), "sh", "-c", ToolScript.TEXT);
    builder.environment().put(ToolScript.FOLDER, folder.toString());
    builder.environment().putAll(environment);
    builder.inheritIO();
    process = builder.start();
    Awaitility.await().until(() -> Files.exists(folder.resolve("output")));
  }

  /** The process of the shell. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Writes what to run, as the runner does, and orders it. Returns the output as it ends. */
  CompletableFuture<String> order(int seconds, Map<String, String> exports, List<String> command)
      throws IOException {
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

  void send(String line) throws IOException {
    Files.writeString(folder.resolve("orders"), line + "\n");
  }

  void cancel() throws IOException {
    Files.createFile(folder.resolve("cancel"));
  }

  /** Waits for the end of the order. */
  int exitCode() {
    // A program that ignores SIGTERM is killed ten seconds later.
    Awaitility.await()
        .atMost(Duration.ofSeconds(50))
        .until(() -> Files.exists(folder.resolve("exit")));
    return Integer.parseInt(read("exit").strip());
  }

  /** Kills the shell as the kernel does, when the container's memory is used up. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  int terminate() throws InterruptedException {
    process.destroy();
    return end();
  }

  int end() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the shell has not ended");
    }
    return process.exitValue();
  }

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
