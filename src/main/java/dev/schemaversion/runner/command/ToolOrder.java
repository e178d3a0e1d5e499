package dev.schemaversion.runner.command;

import java.util.List;
import java.util.Map;

/**
 * One call of the tool, with all variables replaced.
 *
 * @param arguments the program and its arguments
 * @param environment further environment variables
 * @param files the texts of files by name
 * @param secrets what must not be shown of the output
 */
record ToolOrder(
    List<String> arguments,
    Map<String, String> environment,
    Map<String, String> files,
    List<String> secrets) {

  String program() {
    return arguments.getFirst();
  }

  /** The order for the shell in the tool's container: it sets variables and arguments. */
  String script() {
    var script = new StringBuilder();
    environment.forEach(
        (name, value) ->
            script.append("export ").append(name).append('=').append(quoted(value)).append('\n'));
    script.append("set --");
    arguments.forEach(argument -> script.append(' ').append(quoted(argument)));
    return script.append('\n').toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Without what may contain the password. */
  @Override
  public String toString() {
    return program();
  }
}
