package dev.schemaversion.cli;

import dev.schemaversion.cli.terminal.Pause;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs commands in this process, as {@link Main} does, with an environment of its own. */
public final class Cli {
  /** The folder of the worked example. */
  public static final Path GLANCE = Path.of("deploy", "samples", "glance");

  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> options = new ArrayList<>();
  private String input = "";

  /** What a command has left. */
  public record Ended(int exitCode, String out, String err) {}

  /** Sets an environment variable. */
  public Cli with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Sets what standard input has. */
  public Cli input(String text) {
    input = text;
    return this;
  }

  /** The options of a database, with its password in the environment, and of a scratch server. */
  public Cli on(TestDatabase database) {
    boolean mariaDb = database instanceof MariaDb.Database;
    options.addAll(
        List.of(
            "--url",
            "%s://%s@localhost:%d/%s"
                .formatted(
                    mariaDb ? "mariadb" : "postgresql",
                    database.user(),
                    database.port(),
                    database.name())));
    return with("SCHEMAVERSION_PASSWORD", database.password())
        .scratch(mariaDb ? MariaDb.scratch() : Postgres.scratch(), mariaDb);
  }

  private Cli scratch(RequestedScratch server, boolean mariaDb) {
    return with("SCHEMAVERSION_SCRATCH_URL", (mariaDb ? "mariadb" : "postgresql") + "://" + server);
  }

  /** Runs a command with the options set before it. */
  public Ended run(String... args) {
    var all = new ArrayList<>(Arrays.asList(args));
    all.addAll(options);
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            false,
            Clock.systemUTC(),
            Pause::sleep,
            stop -> {});
    int exitCode = Main.run(terminal, all.toArray(String[]::new));
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
