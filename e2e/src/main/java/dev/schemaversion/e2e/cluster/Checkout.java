package dev.schemaversion.e2e.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where this project's files are: Maven runs us in {@code e2e}, a person perhaps in the folder
 * above.
 */
public final class Checkout {
  private Checkout() {}

  /** The project's folder. */
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
