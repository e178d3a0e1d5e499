package dev.schemaversion.e2e.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Locates this project's files. Maven runs the tests in {@code e2e}, an IDE perhaps in the parent
 * folder.
 */
public final class Checkout {
  private Checkout() {}

  /** Returns the project's folder. */
  public static Path root() {
    return e2e().getParent();
  }

  static Path e2e() {
    return Stream.of(Path.of(""), Path.of("e2e"))
        .map(Path::toAbsolutePath)
        .filter(folder -> Files.isExecutable(folder.resolve("cluster/local/run")))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Neither the working directory nor e2e in it is the project's e2e: "
                        + Path.of("").toAbsolutePath()));
  }
}
