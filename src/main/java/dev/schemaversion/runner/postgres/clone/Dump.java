package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.contract.Parameter;
import dev.schemaversion.contract.RunRequest.TlsMode;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.CloneInterrupted;
import dev.schemaversion.runner.scratch.DumpFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The program {@code pg_dump}. It is started without a shell, in an environment of its own, and
 * does not outlive the call that started it.
 */
final class Dump {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final long LOOK_MILLIS = 20;
  private static final int LINES_TOLD = 5;
  private static final int LENGTH_TOLD = 600;

  private static final List<String> SCHEMA =
      List.of(
          "--schema-only",
          "--no-publications",
          "--no-subscriptions",
          // of providers that the scratch server does not know
          "--no-security-labels",
          "--encoding=UTF8",
          "--no-password");

  private final String program;
  private final Duration patience;
  private final BooleanSupplier stop;

  Dump(String program, Duration patience, BooleanSupplier stop) {
    this.program = program;
    this.patience = patience;
    this.stop = stop;
  }

  /** The program's major version. */
  int major() {
    var said = run(List.of(program, "--version"), Map.of());
    var version = VERSION.matcher(said);
    if (!version.find()) {
      throw new CloneFailed("“" + program + " --version” says “" + brief(said) + "”.");
    }
    return Integer.parseInt(version.group(1));
  }

  /** SQL that makes the database's schema, with psql's own commands in it. */
  String schema(Target source) {
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(SCHEMA);
    command.add("--lock-wait-timeout=" + source.limits().lockWait() + "s");
    source.role().ifPresent(role -> command.add("--role=" + role));
    return run(command, environment(source));
  }

  private static Map<String, String> environment(Target source) {
    var environment = new java.util.HashMap<String, String>();
    environment.put("PGHOST", source.host());
    environment.put("PGPORT", Integer.toString(source.port()));
    environment.put("PGDATABASE", source.database());
    environment.put("PGUSER", source.user());
    environment.put("PGPASSWORD", source.password());
    environment.put("PGAPPNAME", source.application());
    environment.put("PGCONNECT_TIMEOUT", Integer.toString(source.connectSeconds()));
    source
        .parameter(Parameter.CHANNEL_BINDING)
        .ifPresent(binding -> environment.put("PGCHANNELBINDING", binding));
    environment.put("PGGSSENCMODE", "disable");
    environment.put("PGSSLMODE", sslMode(source.tlsMode()));
    if (source.tlsMode() == TlsMode.VerifyCA || source.tlsMode() == TlsMode.VerifyFull) {
      environment.put("PGSSLROOTCERT", source.certificateAuthority().toString());
    }
    return environment;
  }

  private static String sslMode(TlsMode mode) {
    return switch (mode) {
      case VerifyCA -> "verify-ca";
      case VerifyFull -> "verify-full";
      case Disable, Prefer, Require -> mode.name().toLowerCase(Locale.ROOT);
    };
  }

  private String run(List<String> command, Map<String, String> environment) {
    var process = start(command, environment);
    try {
      var output = read(process.getInputStream());
      var errors = read(process.getErrorStream());
      await(process);
      if (process.exitValue() != 0) {
        throw new DumpFailed(
            "pg_dump failed ("
                + process.exitValue()
                + "): "
                + brief(errors.join())
                + ". The database was not touched, and it is tried again. If it lacks a right:"
                + " whoever copies a schema needs SELECT on all tables and sequences in it. GRANT"
                + " it, name a spec.database.role that has it, or set spec.proof.mode to"
                + " OnBaseline, which rehearses nothing.");
      }
      return output.join();
    } finally {
      end(process);
    }
  }

  private Process start(List<String> command, Map<String, String> environment) {
    var builder = new ProcessBuilder(command);
    // nobody's settings, password file or certificates; messages that can be read
    var path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("HOME", "/nonexistent");
    builder.environment().put("PGPASSFILE", "/dev/null");
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CloneFailed(
          "There is no pg_dump beside the runner, which copies the schema for the rehearsal. Use an"
              + " image of the operator that has it, or set spec.proof.mode to OnBaseline, which"
              + " rehearses nothing.",
          e);
    }
  }

  private void await(Process process) {
    var end = System.nanoTime() + patience.toNanos();
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stop.getAsBoolean()) {
          throw new CloneInterrupted();
        }
        if (System.nanoTime() - end > 0) {
          throw new DumpFailed(
              "pg_dump was still not done after "
                  + patience.toSeconds()
                  + " s, and was ended. The database was not touched, and it is tried again.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloneInterrupted();
    }
  }

  /** Nothing of it stays behind, not even its exit code. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private static CompletableFuture<String> read(InputStream stream) {
    var read = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                read.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
              } catch (IOException | RuntimeException | OutOfMemoryError e) {
                read.completeExceptionally(
                    e instanceof IOException io ? new UncheckedIOException(io) : e);
              }
            });
    return read;
  }

  /** It begins every line with its name. */
  private static String brief(String errors) {
    var told =
        errors
            .lines()
            .map(line -> line.replaceFirst("^pg_dump: (error: |detail: |hint: )?", "").strip())
            .filter(line -> !line.isEmpty())
            .limit(LINES_TOLD)
            .collect(Collectors.joining("; "))
            .replaceFirst("\\.$", "");
    return told.length() <= LENGTH_TOLD ? told : told.substring(0, LENGTH_TOLD) + " …";
  }
}
