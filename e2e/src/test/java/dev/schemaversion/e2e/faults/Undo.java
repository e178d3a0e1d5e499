package dev.schemaversion.e2e.faults;

import java.util.regex.Pattern;

/** What a person does about a half-applied migration. */
final class Undo {
  /** The statement in the operator's message that removes a script from the history. */
  private static final Pattern ROW =
      Pattern.compile("DELETE FROM \\S+ WHERE installed_rank = \\d+");

  private Undo() {}

  /**
   * The statements that undo the third migration, by the operator's message.
   *
   * @throws IllegalStateException if the message does not say how
   */
  static String third(String message) {
    var row = ROW.matcher(message);
    if (!message.contains("V3__third.sql") || !row.find()) {
      throw new IllegalStateException("The message does not say what to do: " + message);
    }
    return "DROP TABLE IF EXISTS t3; DELETE FROM runs WHERE version = '3'; " + row.group();
  }
}
