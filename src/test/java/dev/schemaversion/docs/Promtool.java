package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tester of rules, as {@code e2e/promtool} builds it. */
final class Promtool {
  private Promtool() {}

  /** Runs it in a folder and returns the exit code. Without Go, the test is left out. */
  static int run(Path folder, String... arguments) throws IOException, InterruptedException {
    var build = new ProcessBuilder("e2e/promtool").redirectError(Redirect.INHERIT).start();
    var program = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(build.waitFor()).as("e2e/promtool").isZero();
    assumeFalse(program.isBlank(), "promtool cannot be built: there is no Go");
    var command = new ArrayList<>(List.of(program.strip()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
