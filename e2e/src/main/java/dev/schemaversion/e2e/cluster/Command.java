package dev.schemaversion.e2e.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Runs another program to its end. */
public final class Command {
  private Command() {}

  /**
   * Runs a command and returns what it printed on standard output; what it says on standard error
   * goes to ours.
   *
   * @throws IllegalStateException when it ends with an exit code other than 0
   */
  public static String run(String... command) {
    return run(List.of(command));
  }

  /** The same with the command as a list. */
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

  static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> new File(folder, program).canExecute());
  }
}
