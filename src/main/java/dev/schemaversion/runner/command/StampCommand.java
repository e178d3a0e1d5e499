package dev.schemaversion.runner.command;

import java.util.List;
import java.util.stream.Collectors;

/** How the tool records a version without migrating, for messages. */
final class StampCommand {
  private static final int LONGEST = 40;

  private StampCommand() {}

  /**
   * The command in a sentence that names no address of a database; empty if there is no command.
   *
   * @param command {@code spec.migrations.command.stamp}, or null
   */
  static String sentence(List<String> command) {
    return command == null
        ? ""
        : " The tool records a version by “"
            + command.stream().map(StampCommand::shown).collect(Collectors.joining(" "))
            + "”.";
  }

  private static String shown(String argument) {
    return argument.length() > LONGEST || argument.contains("://") ? "…" : argument;
  }
}
