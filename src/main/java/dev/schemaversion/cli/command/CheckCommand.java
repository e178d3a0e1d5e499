package dev.schemaversion.cli.command;

import dev.schemaversion.cli.option.RunOptions;
import dev.schemaversion.cli.option.RunOptions.Wanted;
import dev.schemaversion.cli.output.OutputOptions;
import dev.schemaversion.cli.output.Result;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.LocalCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks migrations without a database. */
@Command(
    name = "check",
    description =
        "Checks the names and the order of the migrations, and whether Flyway can read them. Connects"
            + " to nothing.")
public final class CheckCommand implements Callable<Integer> {
  @Mixin RunOptions run;
  @Mixin OutputOptions output;

  private final Terminal terminal;

  /** Creates the command. */
  public CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var setup = run.setUp(new Wanted(null, null, null, false, true), terminal);
    var found = LocalCheck.all(setup.inputs().files(), setup.flyway(), setup.engine());
    return output.print(result(found), terminal);
  }

  private static Result result(LocalCheck.Found found) {
    var message =
        found.outcome() == Outcome.SUCCEEDED ? describe(found) : String.join(" ", found.problems());
    return Result.of("check", found.outcome(), message)
        .with()
        .versions(found.versions())
        .files(found.files())
        .ignored(found.ignored())
        .problems(found.problems())
        .build();
  }

  private static String describe(LocalCheck.Found found) {
    int count = found.files().size();
    return count == 0
        ? "There are no migrations."
        : count
            + (count == 1 ? " migration" : " migrations")
            + (found.newest() == null ? "" : "; the newest version is " + found.newest())
            + ".";
  }
}
