package dev.schemaversion.testing;

import java.nio.file.Path;

/** The static busybox on the PATH, as the operator's image has one. */
public final class Busybox {
  private Busybox() {}

  /** Returns its path, or fails with instructions. */
  public static Path program() {
    return InstalledPrograms.onPath("busybox")
        .orElseThrow(
            () ->
                new AssertionError(
                    "This test needs busybox on the PATH: run e2e/busybox, which installs it, or"
                        + " install the package busybox-static (Debian, Ubuntu)"));
  }
}
