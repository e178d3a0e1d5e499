package dev.schemaversion.runner.command;

import java.util.List;

/**
 * How the tool's process ended.
 *
 * @param program the program that was started
 * @param exitCode its exit code; 128 and the number of the signal if a signal ended it
 * @param limit the time limit in seconds that it exceeded, or null
 * @param last the last lines of its output, without credentials
 */
record Ended(String program, int exitCode, Integer limit, List<String> last) {
  private static final int KILLED = 128 + 9;
  private static final int SHOWN = 5;
  private static final int CHARACTERS = 600;

  boolean succeeded() {
    return exitCode == 0;
  }

  /** How it ended, as a part of a sentence, with the last lines of its output. */
  String words() {
    return program + " " + end() + output();
  }

  private String end() {
    if (limit != null) {
      return "was ended because it exceeded spec.job.limits.run (" + limit + " s)";
    }
    return exitCode == KILLED
        ? "was killed; if it needs more memory, raise spec.migrations.command.resources.limits.memory"
        : "ended with exit code " + exitCode;
  }

  private String output() {
    if (last.isEmpty()) {
      return " and wrote nothing.";
    }
    var shown = last.subList(Math.max(0, last.size() - SHOWN), last.size());
    var text = String.join(" / ", shown);
    // Programs say at the end what went wrong.
    var end =
        text.length() <= CHARACTERS ? text : "… " + text.substring(text.length() - CHARACTERS);
    return ". Its last output: " + end + (end.endsWith(".") ? "" : ".");
  }
}
