package dev.schemaversion.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * What a command gets from the process it runs in.
 *
 * @param in the standard input
 * @param out the standard output, for results
 * @param err the standard error, for progress, questions and errors
 * @param environment the environment variables
 * @param interactive whether a person watches
 * @param clock the present time
 * @param pause waits between two requests
 * @param onStop has something done when the process is asked to stop
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean interactive,
    Clock clock,
    Pause pause,
    Consumer<Runnable> onStop) {

  /** Returns what this process has. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        System.getenv(),
        isInteractive(),
        Clock.systemUTC(),
        Pause::sleep,
        stop -> Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop")));
  }

  /** Java 25 has no console where input or output is none, as it was before Java 22. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isInteractive() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /** UTF-8 whatever the locale: a container has none. */
  private static PrintStream stream(FileDescriptor file) {
    return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
  }

  /** Has the messages about a command line printed here, and about its subcommands until now. */
  public CommandLine connect(CommandLine commands) {
    return commands
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
  }

  /** An environment variable; empty if it is not set or is blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Prints a line of the result. */
  public void print(String line) {
    out.print(line + "\n");
    out.flush();
  }

  /** Prints progress, a note or an error, which is no part of the result. */
  public void note(String line) {
    err.print(line + "\n");
    err.flush();
  }

  /** Asks a question; anything but yes, also the end of the input, is no. */
  public boolean confirm(String question) {
    err.print(question + " [y/N] ");
    err.flush();
    try {
      return Set.of("y", "yes").contains(line().strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a line and nothing behind it, which another question may need. */
  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** Returns the present time. */
  public Instant now() {
    return clock.instant();
  }

  /** Without the environment, which may have credentials. */
  @Override
  public String toString() {
    return "Terminal";
  }
}
