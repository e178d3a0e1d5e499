package dev.schemaversion.cli.kubectl;

import dev.schemaversion.cli.kubectl.adopt.AdoptCommand;
import dev.schemaversion.cli.kubectl.change.ApproveCommand;
import dev.schemaversion.cli.kubectl.change.ResumeCommand;
import dev.schemaversion.cli.kubectl.change.RetryCommand;
import dev.schemaversion.cli.kubectl.change.SuspendCommand;
import dev.schemaversion.cli.kubectl.change.VerifyCommand;
import dev.schemaversion.cli.kubectl.cluster.ApiFailures;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.ClusterOptions;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.Session;
import dev.schemaversion.cli.kubectl.dashboard.DashboardCommand;
import dev.schemaversion.cli.kubectl.report.ReportCommand;
import dev.schemaversion.cli.kubectl.show.DiffCommand;
import dev.schemaversion.cli.kubectl.show.HistoryCommand;
import dev.schemaversion.cli.kubectl.show.LogsCommand;
import dev.schemaversion.cli.kubectl.show.PlanCommand;
import dev.schemaversion.cli.kubectl.show.StatusCommand;
import dev.schemaversion.cli.terminal.Terminal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The root command of the plugin. A command exits with 0, with 1 if it fails, and with 2 if its
 * arguments are invalid.
 */
@Command(
    name = "kubectl schemaversion",
    description = "Shows and operates SchemaVersions: what runs, and who waits for what.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StatusCommand.class,
      PlanCommand.class,
      ApproveCommand.class,
      DiffCommand.class,
      HistoryCommand.class,
      LogsCommand.class,
      DashboardCommand.class,
      RetryCommand.class,
      VerifyCommand.class,
      SuspendCommand.class,
      ResumeCommand.class,
      ReportCommand.class,
      AdoptCommand.class
    })
public final class KubectlCommand implements Session {
  /** The argument that asks for completions of the following ones. */
  static final String COMPLETE = "__complete";

  private final Terminal terminal;
  private final Function<ClusterOptions, Cluster> connection;

  @Mixin private ClusterOptions cluster;

  // picocli reads it.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows the options of a command.")
  private boolean help;

  /** Creates the command for the process's own terminal and kubeconfig. */
  public KubectlCommand() {
    this(Terminal.ofProcess(), ClusterOptions::connect);
    silenceLibraries();
  }

  /** A library's own messages are for developers, and would stand between those of a command. */
  private static void silenceLibraries() {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    System.setProperty("io.netty.noUnsafe", "true");
    Logger.getLogger("").setLevel(Level.SEVERE);
  }

  /**
   * Creates the command.
   *
   * @param connection connects to the cluster that the options choose
   */
  KubectlCommand(Terminal terminal, Function<ClusterOptions, Cluster> connection) {
    this.terminal = terminal;
    this.connection = connection;
  }

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    System.exit(new KubectlCommand().run(args));
  }

  /** Runs a command and returns its exit code. */
  public int run(String... args) {
    if (args.length > 0 && args[0].equals(COMPLETE)) {
      new Completion(this, List.of(args).subList(1, args.length)).print();
      return CommandLine.ExitCode.OK;
    }
    return commandLine().execute(args);
  }

  /** Returns picocli's model of the command. */
  CommandLine commandLine() {
    return terminal
        .connect(new CommandLine(this))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
  }

  private int failed(Exception failure) throws Exception {
    switch (failure) {
      case Failure expected -> terminal.note("error: " + expected.getMessage());
      case KubernetesClientException refused ->
          terminal.note("error: " + ApiFailures.explain(refused, server()));
      default -> throw failure;
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private String server() {
    try (var connected = connect()) {
      return connected.server();
    }
  }

  /** Connects to the cluster that the options among these words choose; others are ignored. */
  Cluster connect(List<String> words) {
    var options = new ClusterOptions();
    try {
      new CommandLine(options)
          .setUnmatchedArgumentsAllowed(true)
          .parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      // An unfinished option chooses nothing yet.
      return connection.apply(new ClusterOptions());
    }
    return connection.apply(options);
  }

  @Override
  public Terminal terminal() {
    return terminal;
  }

  @Override
  public Cluster connect() {
    return connection.apply(cluster);
  }
}
