package dev.schemaversion.e2e.demo;

import dev.schemaversion.e2e.Glance;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** Prints the demo: headings, sentences, the commands that a user would type, and their output. */
final class Narrator {
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean colours;
  private final Instant startedAt = Instant.now();

  Narrator(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  void heading(String text) {
    out.println();
    out.println(in(BOLD, "== " + text));
  }

  void say(String text) {
    out.println(text);
  }

  /** Prints a command, runs it, and prints its output. */
  void run(Glance glance, String... arguments) {
    command("kubectl -n " + glance.namespace() + " " + String.join(" ", quoted(arguments)));
    output(glance.kubectl(arguments));
  }

  /** Prints the command that applies one of the example's folders, and applies the folder. */
  void apply(Glance glance, String folder) {
    command("kubectl apply -k deploy/samples/glance/" + folder);
    output(glance.apply(folder));
  }

  void command(String text) {
    var seconds = Duration.between(startedAt, Instant.now()).toMillis() / 1000.0;
    out.println(in(DIM, String.format(Locale.ROOT, "[%6.1f s] ", seconds)) + in(BOLD, "$ " + text));
  }

  void output(String text) {
    text.lines().forEach(line -> out.println("    " + line));
  }

  private static String[] quoted(String... arguments) {
    return Arrays.stream(arguments)
        .map(argument -> argument.matches("[-\\w./=:,@%]+") ? argument : "'" + argument + "'")
        .toArray(String[]::new);
  }

  private String in(String style, String text) {
    return colours ? style + text + PLAIN : text;
  }
}
