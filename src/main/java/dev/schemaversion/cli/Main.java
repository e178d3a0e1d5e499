package dev.schemaversion.cli;

import dev.schemaversion.cli.command.CheckCommand;
import dev.schemaversion.cli.command.DiffCommand;
import dev.schemaversion.cli.command.PlanCommand;
import dev.schemaversion.cli.command.ProveCommand;
import dev.schemaversion.cli.command.RehearseCommand;
import dev.schemaversion.cli.command.SnapshotCommand;
import dev.schemaversion.cli.command.WhichVersionCommand;
import dev.schemaversion.cli.kubectl.KubectlCommand;
import dev.schemaversion.cli.option.UsageError;
import dev.schemaversion.cli.output.Result;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.report.Log;
import java.util.Arrays;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/** The entry point of the command line. */
public final class Main {
  private static final String PLUGIN = "kubectl";
  private static final String LOG_MANAGER = "java.util.logging.manager";

  private Main() {}

  /**
   * Runs one command and exits with its exit code. After the argument {@code kubectl}, the command
   * is one of the kubectl plugin.
   */
  public static void main(String[] args) {
    // Its jar is there for the operator, and complains to whoever does not use it.
    if (System.getProperty(LOG_MANAGER) == null) {
      System.setProperty(LOG_MANAGER, "org.jboss.logmanager.LogManager");
    }
    if (args.length > 0 && args[0].equals(PLUGIN)) {
      KubectlCommand.main(Arrays.copyOfRange(args, 1, args.length));
    }
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs one command and returns its exit code. */
  public static int run(Terminal terminal, String... args) {
    var commands =
        new CommandLine(new SchemaVersionCommand())
            .addSubcommand(new CheckCommand(terminal))
            .addSubcommand(new ProveCommand(terminal))
            .addSubcommand(new WhichVersionCommand(terminal))
            .addSubcommand(new PlanCommand(terminal))
            .addSubcommand(new RehearseCommand(terminal))
            .addSubcommand(new SnapshotCommand(terminal))
            .addSubcommand(new DiffCommand(terminal))
            .addSubcommand(new GenerateCompletion());
    return terminal
        .connect(commands)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> explain(failure, command, terminal))
        .execute(args);
  }

  private static int explain(Exception failure, CommandLine command, Terminal terminal) {
    var name = command.getCommandSpec().qualifiedName();
    if (failure instanceof UsageError) {
      terminal.note(failure.getMessage());
      terminal.note("Try '" + name + " --help'.");
      return Result.USAGE;
    }
    new Log(terminal.err()).stackTrace(failure);
    terminal.note(
        "An internal error of " + name + ". Please report it with the stack trace above.");
    return Outcome.INTERNAL_ERROR.exitCode();
  }
}
