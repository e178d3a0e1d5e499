package dev.schemaversion.cli.output;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * The result of a command.
 *
 * @param command the name of the command
 * @param outcome how it ended
 * @param exitCode the exit code of the process
 * @param message what was found, and what to do
 * @param versions the versions of the migrations in their order, or null
 * @param files the migrations in the order in which they are taken, or null
 * @param ignored the files that are no migrations, or null
 * @param problems what is wrong with the migrations, or null
 * @param differences all that differs and counts, printed like a diff, or null
 * @param notes what differs and does not count, or null
 * @param report the report of the run; null for a command without a database
 */
@RecordBuilder
public record Result(
    String command,
    Outcome outcome,
    int exitCode,
    String message,
    List<String> versions,
    List<String> files,
    List<String> ignored,
    List<String> problems,
    List<String> differences,
    List<String> notes,
    Report report)
    implements ResultBuilder.With {
  /** The exit code of a comparison that finds something that differs. */
  public static final int DIFFERS = 1;

  /** The exit code of a command whose options do not say what to do. */
  public static final int USAGE = 2;

  /** Returns the result of a command that has run on a database. */
  public static Result of(String command, Report report) {
    return ResultBuilder.builder()
        .command(command)
        .outcome(report.outcome())
        .exitCode(report.outcome().exitCode())
        .message(Wording.of(String.valueOf(report.message())))
        .report(report)
        .build();
  }

  /** Returns the result of a command that needs no database. */
  public static Result of(String command, Outcome outcome, String message) {
    return ResultBuilder.builder()
        .command(command)
        .outcome(outcome)
        .exitCode(outcome.exitCode())
        .message(Wording.of(message))
        .build();
  }
}
