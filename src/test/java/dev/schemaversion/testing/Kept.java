package dev.schemaversion.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Programs that the scripts of {@code e2e} have put aside for tests. */
final class Kept {
  private Kept() {}

  /**
   * A program.
   *
   * @param path where it is kept
   * @param script which script puts it there
   */
  static Path program(String path, String script) {
    var cache =
        Objects.requireNonNullElse(
            System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home") + "/.cache");
    var program = Path.of(cache, "schemaversion").resolve(path);
    if (!Files.isExecutable(program)) {
      throw new AssertionError("This test needs " + program + ": run " + script);
    }
    return program;
  }
}
