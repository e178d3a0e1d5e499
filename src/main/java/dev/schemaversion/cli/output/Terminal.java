package dev.schemaversion.cli.output;

import dev.schemaversion.runner.report.Shutdown;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * What a command gets from the process it runs in.
 *
 * @param in standard input
 * @param out for results
 * @param err for progress and errors
 * @param environment the environment variables
 * @param interactive whether a person watches
 * @param stop whether the process was asked to stop
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean interactive,
    Shutdown stop) {

  /** An environment variable; empty if it is not set or is blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Without the environment, which may have credentials. */
  @Override
  public String toString() {
    return "Terminal";
  }
}
