package dev.schemaversion.cli.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs programs that end by themselves. */
final class Commands {
  private Commands() {}

  /**
   * How a program ended.
   *
   * @param output what it printed
   */
  record Ended(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }

    /** The last line that it printed. */
    String lastLine() {
      return output.lines().filter(line -> !line.isBlank()).reduce("", (one, two) -> two).strip();
    }
  }

  /** Runs a program with nothing on its standard input. */
  static Optional<Ended> run(List<String> command, Map<String, String> environment) {
    return run(command, environment, "", process -> {});
  }

  /**
   * Runs a program.
   *
   * @param input what it reads from standard input, which must be read before it prints much
   * @param started receives the process, which it may end
   * @return empty if there is no such program
   * @throws ScratchFailure if the command is interrupted
   */
  static Optional<Ended> run(
      List<String> command,
      Map<String, String> environment,
      String input,
      Consumer<Process> started) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      started.accept(process);
      try (var stream = process.getOutputStream()) {
        stream.write(input.getBytes(StandardCharsets.UTF_8));
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(new Ended(process.waitFor(), output));
    } catch (IOException e) {
      throw new ScratchFailure(command.getFirst() + " ended early.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScratchFailure(command.getFirst() + " was interrupted.", e);
    } finally {
      end(process);
    }
  }

  /** Ends a process and all that it has started. */
  static void end(Process process) {
    var all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
