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
import dev.schemaversion.cli.output.Terminal;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Shutdown;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    var stop = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::request, "stop"));
    System.exit(
        run(
            new Terminal(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                isInteractive(),
                stop),
            args));
  }

  /** Java 25 has no console where input or output is none, as it was before Java 22. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isInteractive() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /** UTF-8 whatever the locale: a container has none. */
  private static PrintStream stream(FileDescriptor file) {
    return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
  }

  /** Runs one command and returns its exit code. */
  public static int run(Terminal terminal, String... args) {
    return new CommandLine(new SchemaVersionCommand())
        .addSubcommand(new CheckCommand(terminal))
        .addSubcommand(new ProveCommand(terminal))
        .addSubcommand(new WhichVersionCommand(terminal))
        .addSubcommand(new PlanCommand(terminal))
        .addSubcommand(new RehearseCommand(terminal))
        .addSubcommand(new SnapshotCommand(terminal))
        .addSubcommand(new DiffCommand(terminal))
        .addSubcommand(new GenerateCompletion())
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> explain(failure, command, terminal))
        .execute(args);
  }

  private static int explain(Exception failure, CommandLine command, Terminal terminal) {
    var name = command.getCommandSpec().qualifiedName();
    if (failure instanceof UsageError) {
      terminal.err().println(failure.getMessage());
      terminal.err().println("Try '" + name + " --help'.");
      return Result.USAGE;
    }
    new Log(terminal.err()).stackTrace(failure);
    terminal
        .err()
        .println("An internal error of " + name + ". Please report it with the stack trace above.");
    return Outcome.INTERNAL_ERROR.exitCode();
  }
}
