package dev.schemaversion.cli.kubectl;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.Terminal;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;

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
  private StringWriter printed = new StringWriter();

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
    var out = new StringWriter();
    var err = new StringWriter();
    printed = out;
    return new Result(run(out, err, arguments), out.toString(), err.toString());
  }

  /** Returns what the command that runs has printed until now. */
  public String printed() {
    return printed.toString().strip();
  }

  /** Runs a command and returns all that its user sees, with what the user types. */
  public String console(String... arguments) {
    var screen = new StringWriter();
    run(screen, screen, arguments);
    return "$ kubectl schemaversion "
        + String.join(" ", arguments)
        + "\n"
        + screen.toString().replace("[y/N] ", "[y/N] " + input);
  }

  private int run(StringWriter out, StringWriter err, String... arguments) {
    var terminal =
        new Terminal(
            new PrintWriter(out),
            new PrintWriter(err),
            new BufferedReader(new StringReader(input)),
            Clock.fixed(now, ZoneOffset.UTC),
            this::pause);
    var command =
        new KubectlCommand(
            terminal,
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
