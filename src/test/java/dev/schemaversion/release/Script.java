package dev.schemaversion.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a script of the repository, or of a copy of it. */
final class Script {
  /** What a script printed, errors included, and its exit code. */
  record Result(int exitCode, String output) {
    /** The output of a script that succeeded. */
    String orThrow() {
      if (exitCode != 0) {
        throw new IllegalStateException(output);
      }
      return output;
    }
  }

  private Script() {}

  static Result run(Path folder, String input, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    var stdin = Files.createTempFile("script", ".in");
    try {
      Files.writeString(stdin, input);
      var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
      builder.directory(folder.toAbsolutePath().toFile()).redirectInput(stdin.toFile());
      builder.environment().putAll(environment);
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } finally {
      Files.delete(stdin);
    }
  }
}
