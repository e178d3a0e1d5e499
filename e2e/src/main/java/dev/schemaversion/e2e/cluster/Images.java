package dev.schemaversion.e2e.cluster;

import java.nio.file.Path;

/** Builds the images of {@code e2e/images}. */
public final class Images {
  private Images() {}

  /** Builds the image of this name, unless it is up to date, and returns the image's file. */
  public static Path build(String name) {
    Command.run(Checkout.e2e().resolve("images/build").toString(), name);
    return Checkout.e2e().resolve("target/images/" + name + ".tar");
  }

  static String local(String name) {
    return "localhost/" + name + ":dev";
  }

  static String nameOf(Path imageTar) {
    return imageTar.getFileName().toString().replaceFirst("\\.tar$", "");
  }
}
