package dev.schemaversion.cli.kubectl.dashboard;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.Locale;

/** Opens the user's browser by the program that the desktop has for that. */
final class Browser {
  private Browser() {}

  /** Opens an address; returns false if there is no such program. */
  static boolean open(URI address) {
    try {
      new ProcessBuilder(program(System.getProperty("os.name")), address.toString())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the program of an operating system. */
  static String program(String system) {
    return system.toLowerCase(Locale.ROOT).startsWith("mac") ? "open" : "xdg-open";
  }
}
