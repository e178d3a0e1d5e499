package dev.schemaversion.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
    var program = cache(System.getenv()).resolve("schemaversion").resolve(path);
    if (!Files.isExecutable(program)) {
      throw new AssertionError("This test needs " + program + ": run " + script);
    }
    return program;
  }

  /**
   * Where the scripts keep things, {@code ${XDG_CACHE_HOME:-$HOME/.cache}}. Java's own {@code
   * user.home} is the one of the list of users, which is another where HOME was set, as runners of
   * continuous integration do.
   */
  static Path cache(Map<String, String> environment) {
    var cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    return cache.isEmpty() ? Path.of(environment.get("HOME"), ".cache") : Path.of(cache);
  }
}
