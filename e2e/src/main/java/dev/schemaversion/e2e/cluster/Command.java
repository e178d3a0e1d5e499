package dev.schemaversion.e2e.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs another program and waits for its end. */
public final class Command {
  /** The result of a command: exit code, standard output and standard error. */
  public record Answer(int exit, String out, String err) {
    /**
     * Returns the standard output.
     *
     * @throws IllegalStateException if the command failed, with its output
     */
    public String orThrow(List<String> command) {
      if (exit != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s%s".formatted(String.join(" ", command), exit, err, out));
      }
      return out;
    }
  }

  private Command() {}

  /**
   * Runs a command and returns its standard output. Its standard error goes to that of this
   * process.
   *
   * @throws IllegalStateException if the exit code is not 0
   */
  public static String run(String... command) {
    return run(List.of(command));
  }

  /** Runs a command, given as a list. */
  public static String run(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var output = new String(process.getInputStream().readAllBytes());
      var code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            String.join(" ", command)
                + " ended with "
                + code
                + (output.isBlank() ? "" : ": " + output));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in " + String.join(" ", command), e);
    }
  }

  /**
   * Runs a command that may fail.
   *
   * @param environment variables besides those of this process
   * @param input the standard input
   */
  public static Answer answer(List<String> command, Map<String, String> environment, String input) {
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    try {
      // A file, because two pipes cannot be read one after the other.
      var err = Files.createTempFile("command", ".err");
      try {
        var process = builder.redirectError(err.toFile()).start();
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
          stdin.write(input);
        } catch (IOException e) {
          // The command ended before it read the whole input. Exit code and output say why.
        }
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out, Files.readString(err));
      } finally {
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in " + String.join(" ", command), e);
    }
  }

  static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> new File(folder, program).canExecute());
  }
}
