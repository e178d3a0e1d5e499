package dev.schemaversion.e2e.bench;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Prints how far the benchmark is. */
record Progress(PrintStream out) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  void say(String text) {
    out.println(LocalTime.now().format(TIME) + "  " + text);
  }
}
