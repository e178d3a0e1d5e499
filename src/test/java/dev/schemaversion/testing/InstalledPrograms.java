package dev.schemaversion.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the programs that the scripts of {@code e2e} have installed for tests. */
final class InstalledPrograms {
  private InstalledPrograms() {}

  /** Finds a program on the PATH. */
  static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Finds a program.
   *
   * @param path its path in the cache
   * @param script the script that installs it
   */
  static Path program(String path, String script) {
    var program = cache(System.getenv()).resolve("schemaversion").resolve(path);
    if (!Files.isExecutable(program)) {
      throw new AssertionError("This test needs " + program + ": run " + script);
    }
    return program;
  }

  /**
   * Returns the cache of the scripts, {@code ${XDG_CACHE_HOME:-$HOME/.cache}}. Java's {@code
   * user.home} comes from the user database and ignores HOME, which runners of continuous
   * integration set.
   */
  static Path cache(Map<String, String> environment) {
    var cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    return cache.isEmpty() ? Path.of(environment.get("HOME"), ".cache") : Path.of(cache);
  }
}
