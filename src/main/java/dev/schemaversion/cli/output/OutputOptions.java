package dev.schemaversion.cli.output;

import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.report.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** How a command prints its result and its progress. */
public final class OutputOptions {
  /** The forms of a result. */
  enum Format {
    text,
    json
  }

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "The form of the result on standard output. Defaults to text.")
  Format format = Format.text;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Prints the progress and every difference on standard error, which is the default on a"
              + " terminal.")
  boolean verbose;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  /** Returns where progress goes. */
  public Log log(Terminal terminal) {
    return new Log(
        isShown(terminal) ? terminal.err() : new PrintStream(kept, true, StandardCharsets.UTF_8));
  }

  private boolean isShown(Terminal terminal) {
    return verbose || terminal.interactive();
  }

  /** Prints a result, and returns its exit code. */
  public int print(Result result, Terminal terminal) {
    if (result.outcome() == Outcome.INTERNAL_ERROR && !isShown(terminal)) {
      terminal.err().print(kept.toString(StandardCharsets.UTF_8));
    }
    if (format == Format.json) {
      terminal.out().println(JsonText.of(result));
    } else {
      terminal.out().print(PlainText.of(result));
    }
    terminal.out().flush();
    return result.exitCode();
  }
}
