package dev.schemaversion.cli.kubectl;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.terminal.Pause;
import dev.schemaversion.cli.terminal.Terminal;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Runs the plugin's commands against a mocked API server, as its user would. */
public final class Plugin {
  /** The present time of each command that begins. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

  private final KubernetesMockServer server;
  private final Deque<Runnable> meanwhile = new ArrayDeque<>();
  private Duration waited = Duration.ZERO;
  private String input = "";
  private boolean reachable = true;
  private Instant now = NOW;
  private ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** Runs commands against this server. */
  public Plugin(KubernetesMockServer server) {
    this.server = server;
  }

  /** The result of a command. */
  public record Result(int exit, String out, String err) {}

  /** Sets what the user types. */
  public Plugin typing(String text) {
    input = text;
    return this;
  }

  /** Sets the present time. */
  public Plugin at(Instant time) {
    now = time;
    return this;
  }

  /** Lets every connection fail. */
  public Plugin withoutCluster() {
    reachable = false;
    return this;
  }

  /** Lets something happen while the command waits; then the time is up. */
  public Plugin meanwhile(Runnable change) {
    meanwhile.add(change);
    return this;
  }

  /** Runs a command in the namespace glance. */
  public Result run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    printed = out;
    int exit = run(out, err, arguments);
    return new Result(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Returns what the command that runs has printed until now. */
  public String printed() {
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  /** Runs a command and returns all that its user sees, with what the user types. */
  public String console(String... arguments) {
    var screen = new ByteArrayOutputStream();
    run(screen, screen, arguments);
    return "$ kubectl schemaversion "
        + String.join(" ", arguments)
        + "\n"
        + screen.toString(StandardCharsets.UTF_8).replace("[y/N] ", "[y/N] " + input);
  }

  /** Returns a terminal with this input. */
  static Terminal terminal(
      String input, OutputStream out, OutputStream err, Instant now, Pause pause) {
    return new Terminal(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of(),
        false,
        Clock.fixed(now, ZoneOffset.UTC),
        pause,
        stop -> {});
  }

  private int run(OutputStream out, OutputStream err, String... arguments) {
    var command =
        new KubectlCommand(
            terminal(input, out, err, now, this::pause),
            options -> {
              if (!reachable) {
                throw new Failure("no cluster");
              }
              var client =
                  server.createClient(
                      builder ->
                          builder.editOrNewConfig().withRequestRetryBackoffLimit(0).endConfig());
              client.getConfiguration().setNamespace("glance");
              return options.connect(client);
            });
    return command.run(arguments);
  }

  /** How often the command has waited, as time. */
  public Duration waited() {
    return waited;
  }

  private boolean pause(Duration time) {
    waited = waited.plus(time);
    var change = meanwhile.poll();
    if (change == null) {
      return false;
    }
    change.run();
    return true;
  }

  /** Creates objects that are separated as YAML documents are. */
  public void create(String documents) {
    try (var client = server.createClient()) {
      for (var document : documents.split("(?m)^---$", -1)) {
        if (document.contains("kind: SchemaVersion\n")) {
          client.resource(Serialization.unmarshal(document, SchemaVersion.class)).create();
        } else {
          client.load(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8))).create();
        }
      }
    }
  }
}
