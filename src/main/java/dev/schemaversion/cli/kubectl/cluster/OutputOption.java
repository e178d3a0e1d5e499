package dev.schemaversion.cli.kubectl.cluster;

import dev.schemaversion.cli.terminal.Terminal;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option for the format of a result. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of text, json and yaml. Defaults to text.")
  private OutputFormat format;

  /** Prints a result in this format, see {@link OutputFormat#print}. */
  public void print(Terminal terminal, Object data, Supplier<List<String>> text) {
    format.print(terminal, data, text);
  }
}
